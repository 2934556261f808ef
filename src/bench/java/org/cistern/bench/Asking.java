package org.cistern.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** One keep-alive connection that asks for one path, one request at a time. */
final class Asking {

  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final ByteBuffer input = ByteBuffer.allocate(256 * 1024);
  private long number;
  private long due;
  private int expected = -1;
  private boolean succeeded;

  private Asking(SocketChannel channel, byte[] request) {
    this.channel = channel;
    this.request = ByteBuffer.allocateDirect(request.length).put(request);
  }

  static Asking open(Selector selector, InetSocketAddress server, String path) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n\r\n";
    Asking connection = new Asking(channel, head.getBytes(US_ASCII));
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** Sends the request, which was due at the given {@link System#nanoTime()}. */
  void ask(long requestNumber, long dueNanos) throws IOException {
    number = requestNumber;
    due = dueNanos;
    expected = -1;
    input.clear();
    channel.write(request.flip());
    if (request.hasRemaining()) {
      throw new IOException("The server does not take a request of " + request.limit() + " bytes");
    }
  }

  /** Reads what is there and says whether the answer is complete. */
  boolean read() {
    try {
      if (channel.read(input) < 0) {
        throw new EOFException("The server closed a connection after request " + number);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (expected < 0) {
      readHead();
    }
    return expected >= 0 && input.position() >= expected;
  }

  private void readHead() {
    int end = endOfHead();
    if (end < 0) {
      return;
    }
    String head = new String(input.array(), 0, end, US_ASCII).toLowerCase(Locale.ROOT);
    int length = head.indexOf(LENGTH);
    if (length < 0) {
      throw new IllegalStateException("An answer without Content-Length:\n" + head);
    }
    int endOfLine = head.indexOf('\r', length + 2);
    String value = head.substring(length + LENGTH.length(), endOfLine);
    expected = end + Integer.parseInt(value.strip());
    succeeded = head.startsWith("http/1.1 200 ");
  }

  private int endOfHead() {
    byte[] bytes = input.array();
    for (int i = 3; i < input.position(); i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  long number() {
    return number;
  }

  long due() {
    return due;
  }

  boolean succeeded() {
    return succeeded;
  }
}
