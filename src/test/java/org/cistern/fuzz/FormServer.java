package org.cistern.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.cistern.GatewayUnderTest;

/**
 * A whole gateway with a route on worker threads, which gets forms; it ends with the process.
 *
 * @param files where the files of forms go
 */
record FormServer(int port, Path files) {

  private static final String ROUTE =
      """
      - route:
          id: form
          from:
            uri: platform-http:/form
            steps:
              - setBody: {constant: taken}
      """;

  /** Starts one on a free port. */
  static FormServer start() {
    try {
      Path folder = Files.createTempDirectory("gateway");
      Path routes = Files.createDirectory(folder.resolve("routes"));
      Files.writeString(routes.resolve("form.camel.yaml"), ROUTE);
      GatewayUnderTest gateway = GatewayUnderTest.in(folder).routes(routes).start();
      return new FormServer(gateway.port(), folder.resolve("storage/forms"));
    } catch (IOException failed) {
      throw new IllegalStateException("the gateway does not start", failed);
    }
  }

  /** Returns the status of the answer; throws where none comes in time. */
  int post(String type, byte[] body, Duration patience) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      // A port that was in use a moment ago is free again at once.
      socket.setSoLinger(true, 0);
      socket.setSoTimeout((int) patience.toMillis());
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      send(socket.getOutputStream(), type, body);
      return status(socket);
    }
  }

  private static void send(OutputStream out, String type, byte[] body) throws IOException {
    String head =
        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(type, body.length);
    byte[] bytes = head.getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, all, bytes.length, body.length);
    out.write(all);
  }

  private static int status(Socket socket) throws IOException {
    var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    String line = answer.readLine();
    if (line == null) {
      throw new IOException("the connection closed without an answer");
    }
    return Integer.parseInt(line.split(" ")[1]);
  }

  /** Tells whether the file of a form is there. */
  boolean hasFiles() throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(files)) {
      return found.iterator().hasNext();
    } catch (NoSuchFileException none) {
      return false;
    }
  }
}
