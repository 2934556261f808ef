package org.cistern.camel.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What will be written to the client: a status, lines, and a body that is whole or still coming.
 */
public final class Reply {

  private static final Buffer NOTHING = Buffer.buffer(0);
  private static final byte[] NO_BYTES = {};

  private final int status;
  private final Lines lines;
  private final Buffer whole;
  private @Nullable ReadStream<Buffer> live;
  private final long length;
  private final Supplier<Headers> trailers;
  private final Runnable cancel;
  private @Nullable ReadAhead ahead;
  private byte @Nullable [] bytes;
  private @Nullable List<Edit> edits;
  private @Nullable NetSocket socket;
  private @Nullable Stamp stamp;
  private @Nullable Understudy understudy;

  private Reply(
      int status,
      Lines lines,
      Buffer whole,
      @Nullable ReadStream<Buffer> live,
      long length,
      Supplier<Headers> trailers,
      Runnable cancel) {
    this.status = status;
    this.lines = lines;
    this.whole = whole;
    this.live = live;
    this.length = length;
    this.trailers = trailers;
    this.cancel = cancel;
  }

  /** Returns a reply whose body is here. */
  public static Reply whole(int status, Lines lines, Buffer body) {
    return new Reply(status, lines, body, null, body.length(), Headers::empty, () -> {});
  }

  /** Returns a reply without a body and without a length (204, 304). */
  public static Reply bare(int status, Lines lines) {
    return new Reply(status, lines, NOTHING, null, -1, Headers::empty, () -> {});
  }

  /**
   * Returns a reply whose body is still coming.
   *
   * @param length the declared length, or -1
   * @param trailers asked once the body has ended
   * @param cancel runs where nobody wants the rest of the body
   */
  public static Reply live(
      int status,
      Lines lines,
      ReadStream<Buffer> body,
      long length,
      Supplier<Headers> trailers,
      Runnable cancel) {
    return new Reply(status, lines, NOTHING, body, length, trailers, cancel);
  }

  /** Returns a reply that hands the connection over to another protocol (101). */
  public static Reply switching(Lines lines, NetSocket upstream) {
    Reply reply = new Reply(101, lines, NOTHING, null, -1, Headers::empty, upstream::close);
    reply.socket = upstream;
    return reply;
  }

  /** Returns the upstream's connection that the client's is joined to, or null. */
  public @Nullable NetSocket socket() {
    return socket;
  }

  /** Returns the status code. */
  public int status() {
    return status;
  }

  /** Returns the lines of the head, before the edits. */
  public Lines lines() {
    return lines;
  }

  /** Returns the body, empty where it is live. */
  public Buffer whole() {
    return whole;
  }

  /** Returns the body that is still coming, or null. */
  public @Nullable ReadStream<Buffer> live() {
    return live;
  }

  /** Returns the body, the same array each time; null while it is still coming. */
  byte @Nullable [] bytes() {
    if (live != null) {
      return ahead == null ? null : ahead.bytes();
    }
    if (bytes == null) {
      bytes = whole.getBytes();
    }
    return bytes;
  }

  /** Tells whether the body is still coming and may be collected: events never end. */
  boolean isUnread() {
    return live != null && ahead == null && !isEvents();
  }

  private boolean isEvents() {
    return all("content-type").stream()
        .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"));
  }

  /** Tells whether the body is being collected. */
  boolean isCollecting() {
    return ahead != null && ahead.isGathering();
  }

  /** Puts a reader ahead of the body. */
  ReadAhead readAhead() {
    ReadStream<Buffer> source = live;
    if (source == null) {
      throw new IllegalStateException("the body is here already");
    }
    ReadAhead reader = new ReadAhead(source);
    ahead = reader;
    live = reader;
    return reader;
  }

  /** Returns the body's length, or -1 where it is not known or there is no body. */
  public long length() {
    return length;
  }

  /** Returns the trailers; asked once the body has ended. */
  public Headers trailers() {
    return trailers.get();
  }

  /** Gives up a body that is still coming. */
  public void cancel() {
    cancel.run();
  }

  /** Returns the values that a line has now, edits counted. */
  public List<String> all(String name) {
    for (int i = edits().size() - 1; i >= 0; i--) {
      Edit edit = edits().get(i);
      if (edit.name.equalsIgnoreCase(name)) {
        return edit.values;
      }
    }
    return lines.headers().all(name);
  }

  /** Returns what was changed in the head, in order. */
  public List<Edit> edits() {
    return edits == null ? List.of() : edits;
  }

  /** Sets a line of the head or, without a value, takes it off. */
  public void edit(String name, List<String> values) {
    if (edits == null) {
      edits = new ArrayList<>(4);
    }
    edits.add(new Edit(name, values));
  }

  /** Returns the head as it will be written, edits made. */
  public Headers headers() {
    Headers.Builder head = lines.headers().toBuilder();
    for (Edit edit : edits()) {
      head.remove(edit.name);
      edit.values.forEach(value -> head.add(edit.name, value));
    }
    return head.build();
  }

  /** Returns this reply with another status; its edits are kept. A 101 stays what it is. */
  public Reply withStatus(int other) {
    if (socket != null) {
      return this;
    }
    Reply reply = new Reply(other, lines, whole, live, length, trailers, cancel);
    reply.ahead = ahead;
    reply.edits = edits;
    reply.stamp = stamp;
    reply.understudy = understudy;
    return reply;
  }

  /** Takes over what the route changed in the head of the reply that this one replaces. */
  public Reply keeping(Reply replaced) {
    edits = replaced.edits;
    understudy = replaced.understudy;
    return this;
  }

  /** Names what goes out in its place where its body breaks off before any of it did. */
  public void understudy(Understudy other) {
    understudy = other;
  }

  /** Returns what goes out in its place, or null. */
  public @Nullable Reply understudy() {
    return understudy == null ? null : understudy.reply();
  }

  /** Sets the lines that change with the clock. */
  public void stamp(Stamp lines) {
    stamp = lines;
  }

  /** Takes over the lines that change with the clock from the reply that this one replaces. */
  void stampAs(Reply replaced) {
    stamp = replaced.stamp;
  }

  /** Returns the value of Age, or null. */
  public @Nullable CharSequence age() {
    return stamp == null ? null : stamp.age();
  }

  /** Returns the value of Cache-Status, or null. */
  public @Nullable CharSequence cacheStatus() {
    return stamp == null ? null : stamp.status();
  }

  /** Returns the lines that change with the clock as they stand on the wire; not to be changed. */
  public byte[] stamped() {
    return stamp == null ? NO_BYTES : stamp.block();
  }

  /**
   * Tells whether the lines can be written as they are, apart from what is added to them: the reply
   * has a body, and nobody has changed one of its lines.
   */
  public boolean isReady() {
    if (socket != null || (live == null && length < 0)) {
      return false;
    }
    for (Edit edit : edits()) {
      if (isStamped(edit.name) || lines.headers().has(edit.name)) {
        return false;
      }
    }
    return true;
  }

  private boolean isStamped(String name) {
    return stamp != null && Stamp.names(name);
  }

  /**
   * A change of the head.
   *
   * @param name the line's name
   * @param values its new values; empty takes it off
   */
  public record Edit(String name, List<String> values) {}
}
