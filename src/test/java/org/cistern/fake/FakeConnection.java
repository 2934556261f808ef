package org.cistern.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** The origin's side of one connection. */
public final class FakeConnection implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final int number;
  private volatile boolean ended;

  FakeConnection(Socket socket, int number) throws IOException {
    this.socket = socket;
    this.number = number;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    socket.setTcpNoDelay(true);
  }

  /** Returns the socket itself, for protocols of other layers. */
  public Socket socket() {
    return socket;
  }

  /** Returns the how-many-th connection of its origin it is, from 1. */
  public int number() {
    return number;
  }

  /** Reads a head up to and with its empty line; empty where the connection ended before. */
  public String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    int last;
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0
        && (last = in.read()) >= 0) {
      head.append((char) last);
    }
    return head.toString();
  }

  /** Reads so many bytes, or what there is until the end. */
  public String read(int length) throws IOException {
    return new String(in.readNBytes(length), ISO_8859_1);
  }

  /** Reads so many bytes and forgets them. */
  public void skip(long length) throws IOException {
    in.skipNBytes(length);
  }

  /** Writes text, each character one byte. */
  public void write(String text) throws IOException {
    write(text.getBytes(ISO_8859_1));
  }

  /** Writes bytes. */
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Does nothing for a while: the slowness of this origin is what it is for. */
  public void rest(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }

  /** Ends the connection with a reset instead of an orderly close. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Takes whatever comes until the other side ends the connection. */
  public void awaitClose() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Tells whether neither side has ended it. */
  public boolean isOpen() {
    return !ended && !socket.isClosed();
  }

  @Override
  public void close() {
    ended = true;
    try {
      socket.close();
    } catch (IOException ignored) {
      // Nothing is left to close.
    }
  }
}
