package org.cistern.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Random;
import org.cistern.fake.FakeConnection;

/** Bodies that follow from their path, so that a wrong one is known as such. */
public final class Bodies {

  private Bodies() {}

  /** Returns the only right body of this path and length. */
  public static byte[] of(String path, int length) {
    byte[] body = new byte[length];
    new Random(path.hashCode() * 31L + length).nextBytes(body);
    return body;
  }

  /** Returns the path of a request head. */
  public static String path(String head) {
    return head.split(" ", 3)[1];
  }

  /** Returns the method of a request head. */
  public static String method(String head) {
    return head.split(" ", 3)[0];
  }

  /** Writes a whole response of known length. */
  public static void respond(FakeConnection connection, int status, String headerLines, byte[] body)
      throws IOException {
    byte[] head =
        ("HTTP/1.1 "
                + status
                + " -\r\n"
                + headerLines
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(ISO_8859_1);
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    connection.write(whole);
  }
}
