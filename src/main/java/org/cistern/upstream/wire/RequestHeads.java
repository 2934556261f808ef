package org.cistern.upstream.wire;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.function.BiConsumer;
import org.cistern.http.HeadBytes;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.options.Instance;

/** The heads of requests: as bytes, or in the form of Vert.x. */
public final class RequestHeads {

  /** Room for a usual head. */
  private static final int ROOM = 512;

  private RequestHeads() {}

  /** Writes method, target and fields of a request; framing and host follow from the request. */
  public static void write(Outgoing outgoing, Instance instance, HttpClientRequest request) {
    begin(outgoing, instance, request);
    boolean streams = request.version() == HttpVersion.HTTP_2;
    if (streams) {
      request.authority(HostAndPort.parseAuthority(host(outgoing, instance), -1));
    }
    lines(outgoing, instance, streams, request.headers()::add);
    if (outgoing.body() != null && outgoing.length() < 0) {
      request.setChunked(true);
    }
  }

  /**
   * Tells whether a request may go as bytes: it has no body, the decoder need not know its method,
   * and what it says of its connection is ours to say.
   */
  public static boolean isPlain(Outgoing outgoing) {
    return outgoing.body() == null
        && outgoing.upgrade() == null
        && !outgoing.method().equals("HEAD")
        && !outgoing.method().equals("CONNECT")
        && !outgoing.headers().has("Connection");
  }

  /**
   * Returns the head of a plain request, as HTTP/1.1 writes it.
   *
   * @throws IllegalArgumentException where a part of it would break out of its line
   */
  public static HeadBytes encode(Outgoing outgoing, Instance instance) {
    HeadBytes head = new HeadBytes(ROOM);
    head.request(outgoing.method(), target(outgoing, instance));
    lines(outgoing, instance, false, head::line);
    head.end();
    return head;
  }

  private static void begin(Outgoing outgoing, Instance instance, HttpClientRequest request) {
    request.setMethod(HttpMethod.valueOf(outgoing.method()));
    request.setURI(target(outgoing, instance));
  }

  /** OPTIONS of the server as a whole has no path (RFC 9110 section 9.3.7). */
  private static String target(Outgoing outgoing, Instance instance) {
    return outgoing.target().equals("*") ? "*" : instance.basePath() + outgoing.target();
  }

  /** Host comes first (RFC 9110 section 7.2); on a stream it is no field. */
  private static void lines(
      Outgoing outgoing, Instance instance, boolean streams, BiConsumer<String, String> line) {
    if (!streams) {
      line.accept("Host", host(outgoing, instance));
    }
    outgoing
        .headers()
        .each(
            (name, value) -> {
              if (!isOurs(name)) {
                line.accept(name, value);
              }
            });
    if (outgoing.upgrade() != null) {
      line.accept("Connection", "Upgrade");
      line.accept("Upgrade", outgoing.upgrade());
    } else if (!streams && outgoing.headers().has("TE")) {
      // It is about this connection, and has to be listed (RFC 9110 section 10.1.4).
      line.accept("Connection", "TE");
    }
    if (statesLength(outgoing)) {
      line.accept("Content-Length", Long.toString(outgoing.length()));
    }
  }

  private static String host(Outgoing outgoing, Instance instance) {
    return outgoing.host() != null ? outgoing.host() : instance.authority();
  }

  private static boolean isOurs(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("Host");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  /** The body's length is said where there is one, or where its absence must be said. */
  private static boolean statesLength(Outgoing outgoing) {
    return outgoing.body() != null ? outgoing.length() >= 0 : meansBody(outgoing.method());
  }

  /** RFC 9110 section 8.6: these say that they have no content. */
  private static boolean meansBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }
}
