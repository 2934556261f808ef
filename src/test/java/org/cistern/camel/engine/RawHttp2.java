package org.cistern.camel.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;

/** An HTTP/2 client that writes any frames, in any order, and reads them one by one. */
final class RawHttp2 implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  /** The type of the frame that stands for the end of the connection. */
  static final int CLOSED = -1;

  private static final int PRIORITY = 0x20;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;

  /**
   * A frame that came.
   *
   * @param type its type
   * @param stream its stream
   * @param payload what is in it
   */
  record Frame(int type, int flags, int stream, byte[] payload) {

    /**
     * Returns the error code of a RST_STREAM (in front) or of a GOAWAY (behind the stream's id).
     */
    int error() {
      int at = type == GOAWAY ? 4 : 0;
      return payload[at + 3] & 0xFF;
    }

    /** Returns the block of fields of a HEADERS, without what it says of priorities. */
    byte[] block() {
      return Arrays.copyOfRange(payload, (flags & PRIORITY) == 0 ? 0 : 5, payload.length);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  RawHttp2(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
      write(SETTINGS, 0, 0, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks with POST, without a body. */
  void post(int stream) {
    write(HEADERS, END_STREAM | END_HEADERS, stream, head());
  }

  /** Asks with POST and a field of that many bytes, in as many frames as that takes. */
  void postWithField(int stream, int length) {
    write(HEADERS, END_STREAM, stream, head());
    int rest = length;
    while (rest > 0) {
      int part = Math.min(8_000, rest);
      rest -= part;
      write(CONTINUATION, rest == 0 ? END_HEADERS : 0, stream, field(part));
    }
  }

  /** Asks with these fields, a name and a value in turn, each shorter than 127 bytes. */
  void ask(int stream, String... fields) {
    write(HEADERS, END_STREAM | END_HEADERS, stream, block(fields));
  }

  /** As {@link #ask}, but the head does not say that it is all: an empty DATA behind it does. */
  void askWithEmptyBody(int stream, String... fields) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(frame(HEADERS, END_HEADERS, stream, block(fields)));
    both.writeBytes(frame(DATA, END_STREAM, stream, new byte[0]));
    write(both.toByteArray());
  }

  private static byte[] block(String... fields) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      head.write(0);
      text(fields[i], head);
      text(fields[i + 1], head);
    }
    return head.toByteArray();
  }

  private static void text(String text, ByteArrayOutputStream out) {
    out.write(text.length());
    out.writeBytes(text.getBytes(ISO_8859_1));
  }

  /** Takes a request back. */
  void reset(int stream) {
    write(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
  }

  /** The static table's entries for POST, http and /, and a literal for the authority. */
  private static byte[] head() {
    return new byte[] {(byte) 0x83, (byte) 0x86, (byte) 0x84, 0x01, 0x01, 'a'};
  }

  /** A literal that is kept in no table; its length is an HPACK integer (RFC 7541 section 5.1). */
  private static byte[] field(int length) {
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    field.writeBytes(new byte[] {0x00, 0x03, 'x', '-', 'a', 0x7F});
    int rest = length - 127;
    while (rest >= 128) {
      field.write(rest % 128 + 128);
      rest /= 128;
    }
    field.write(rest);
    field.writeBytes("x".repeat(length).getBytes(ISO_8859_1));
    return field.toByteArray();
  }

  private void write(int type, int flags, int stream, byte[] payload) {
    write(frame(type, flags, stream, payload));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(new byte[] {0, 0, (byte) (stream >> 8), (byte) stream});
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  private void write(byte[] frames) {
    try {
      out.write(frames);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads up to the next frame of one of these types, or to the end of the connection; answers
   * settings on the way. It waits for 10 s at most.
   */
  Frame await(Integer... types) {
    try {
      while (true) {
        Frame frame = next();
        if (frame.type == SETTINGS && (frame.flags & ACK) == 0) {
          write(SETTINGS, ACK, 0, new byte[0]);
        }
        if (List.of(types).contains(frame.type)) {
          return frame;
        }
      }
    } catch (SocketTimeoutException silent) {
      throw new UncheckedIOException("no frame of the types " + List.of(types), silent);
    } catch (IOException | UncheckedIOException closed) {
      return new Frame(CLOSED, 0, 0, new byte[8]);
    }
  }

  private Frame next() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, flags, stream, in.readNBytes(length));
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
