package org.cistern.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP/1.1 connection that writes what it is told, and takes no cut answer for a whole one. */
public final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final int port;

  /** Connects to a port of this machine. */
  public RawClient(int port) throws IOException {
    this.port = port;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = socket.getOutputStream();
  }

  /** A response with its whole body; the lines of a repeated header with commas between them. */
  public record Response(int status, Map<String, String> headers, byte[] body) {

    /** Returns a header, or an empty text. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** Returns the body as text. */
    public String text() {
      return new String(body, ISO_8859_1);
    }
  }

  /** Takes the bytes of a body as they come. */
  @FunctionalInterface
  public interface Sink {

    /** Takes some. */
    void take(byte[] bytes, int length) throws IOException;
  }

  /** Asks for a path; the header lines end with CRLF each. */
  public Response ask(String method, String path, String headerLines) throws IOException {
    begin(method, path, headerLines);
    return answer(method);
  }

  /** Asks for a path. */
  public Response get(String path) throws IOException {
    return ask("GET", path, "");
  }

  /** Writes a request head. */
  public void begin(String method, String path, String headerLines) throws IOException {
    String head =
        method + ' ' + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headerLines;
    out.write((head + "\r\n").getBytes(ISO_8859_1));
    out.flush();
  }

  /** Writes a part of the request body. */
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Reads the answer whole. */
  public Response answer(String method) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    return answer(method, (bytes, length) -> body.write(bytes, 0, length)).with(body);
  }

  /** Reads the answer, its body into the sink; fails where the body is cut. */
  public Answered answer(String method, Sink sink) throws IOException {
    String line = line();
    int status = Integer.parseInt(line.split(" ", -1)[1]);
    Map<String, String> headers = headers();
    if (status >= 100 && status < 200) {
      return answer(method, sink);
    }
    if (!method.equals("HEAD") && status != 204 && status != 304) {
      body(headers, sink);
    }
    return new Answered(status, headers);
  }

  /** Status and headers of an answer whose body went elsewhere. */
  public record Answered(int status, Map<String, String> headers) {
    Response with(ByteArrayOutputStream body) {
      return new Response(status, headers, body.toByteArray());
    }
  }

  private void body(Map<String, String> headers, Sink sink) throws IOException {
    String length = headers.get("content-length");
    if (length != null) {
      copy(Long.parseLong(length), sink);
    } else if ("chunked".equals(headers.get("transfer-encoding"))) {
      chunks(sink);
    } else {
      byte[] rest = in.readAllBytes();
      sink.take(rest, rest.length);
    }
  }

  private void chunks(Sink sink) throws IOException {
    long size = Long.parseLong(line(), 16);
    while (size > 0) {
      copy(size, sink);
      line();
      size = Long.parseLong(line(), 16);
    }
    headers();
  }

  private void copy(long length, Sink sink) throws IOException {
    byte[] buffer = new byte[(int) Math.min(1 << 16, Math.max(1, length))];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException(left + " bytes of " + length + " are missing");
      }
      sink.take(buffer, read);
      left -= read;
    }
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    return headers;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended inside a head: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
