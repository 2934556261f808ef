package org.cistern.camel.call;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a body. Small pieces are joined: each by itself would be held at many times its
 * length, and a client may send a body in chunks of one byte.
 */
public final class Pieces {

  /** What is at least as long is kept as it is. */
  private static final int LARGE = 1 << 10;

  private static final int JOINED = 16 << 10;

  private final List<Buffer> all = new ArrayList<>();
  private @Nullable Buffer open;
  private int length;

  /** Adds what comes next. */
  public void add(Buffer piece) {
    length += piece.length();
    if (piece.length() >= LARGE) {
      open = null;
      all.add(piece);
    } else {
      roomFor(piece.length()).appendBuffer(piece);
    }
  }

  private Buffer roomFor(int bytes) {
    Buffer room = open;
    if (room == null || room.length() + bytes > JOINED) {
      room = Buffer.buffer(bytes);
      open = room;
      all.add(room);
    }
    return room;
  }

  /** Returns how many bytes have come. */
  public int length() {
    return length;
  }

  /** Returns them in order, and has none any more. */
  List<Buffer> take() {
    List<Buffer> taken = List.copyOf(all);
    all.clear();
    open = null;
    length = 0;
    return taken;
  }

  /** Returns them as one, and has none any more. */
  public byte[] takeWhole() {
    byte[] whole = new byte[length];
    int at = 0;
    for (Buffer piece : take()) {
      piece.getBytes(whole, at);
      at += piece.length();
    }
    return whole;
  }

  /** Returns a body that is held once, by this array and by what is returned. */
  public static Buffer over(byte[] whole) {
    return BufferImpl.buffer(Unpooled.wrappedBuffer(whole));
  }
}
