package org.cistern.camel.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that writes any bytes and reads them one by one; it waits for 10 s at most. */
final class RawClient implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: ?(\\d+)\r\n");

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends on a new connection and returns everything until it is closed. */
  static String exchange(int port, String bytes) {
    try (RawClient client = new RawClient(port)) {
      client.send(bytes);
      return client.rest();
    }
  }

  void send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends these bytes and the end of this side, so that both are there at once. */
  void sendLast(String bytes) {
    send(bytes);
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads up to and with the empty line after a head. */
  String head() {
    return until("\r\n\r\n");
  }

  /** Reads up to and with this text, or to the end. */
  String until(String end) {
    StringBuilder text = new StringBuilder();
    try {
      int c;
      while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0
          && (c = in.read()) >= 0) {
        text.append((char) c);
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("after: " + text, e);
    }
  }

  /** Reads a response whose head says its length. */
  String response() {
    String head = head();
    Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
    return head + read(length.find() ? Integer.parseInt(length.group(1)) : 0);
  }

  String read(int bytes) {
    try {
      return new String(in.readNBytes(bytes), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to the end of the connection; a reset is an end too. */
  String rest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      int c;
      while ((c = in.read()) >= 0) {
        all.write(c);
      }
    } catch (java.net.SocketTimeoutException hangs) {
      throw new IllegalStateException("still open after: " + all.toString(ISO_8859_1), hangs);
    } catch (IOException reset) {
      return all.toString(ISO_8859_1);
    }
    return all.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
