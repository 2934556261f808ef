package org.cistern.camel.service;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.cistern.camel.call.ClientCall;

/**
 * The digest that stands for a request's body in a key, with the fields that say how to read it.
 */
public final class BodyDigest {

  /** Beyond that hashing is work for another thread than an event loop. */
  private static final int LARGE = 16 * 1024;

  private static final String[] READ_BY = {"content-type", "content-encoding", "content-language"};

  private BodyDigest() {}

  /** Returns the digest; it is there at once where the body is small. */
  public static Future<byte[]> of(ClientCall call, Buffer body) {
    MessageDigest digest = withFields(call);
    return body.length() <= LARGE
        ? Future.succeededFuture(digest.digest(body.getBytes()))
        : call.context().executeBlocking(() -> digest.digest(body.getBytes()), false);
  }

  private static MessageDigest withFields(ClientCall call) {
    MessageDigest digest = sha256();
    for (String name : READ_BY) {
      String value = call.fields().joined(name);
      byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
      digest.update(
          ByteBuffer.allocate(Integer.BYTES).putInt(value == null ? -1 : bytes.length).flip());
      digest.update(bytes);
    }
    return digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
