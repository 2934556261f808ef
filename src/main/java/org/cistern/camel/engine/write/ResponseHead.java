package org.cistern.camel.engine.write;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Reply;
import org.cistern.http.HopByHop;
import org.cistern.http.Recent;
import org.jspecify.annotations.Nullable;

/** The head of a response: the reply's lines, what the route changed in them, and the framing. */
final class ResponseHead {

  private static final AsciiString AGE = AsciiString.cached("age");
  private static final AsciiString CACHE_STATUS = AsciiString.cached("cache-status");
  private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
  private static final AsciiString[] LENGTHS = lengths();

  /** A head wants a name's hash, which an {@code AsciiString} works out once. */
  private static final Recent<String, AsciiString> SPELT = new Recent<>(AsciiString::new);

  private ResponseHead() {}

  private static AsciiString[] lengths() {
    AsciiString[] texts = new AsciiString[16384];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new AsciiString(Integer.toString(i));
    }
    return texts;
  }

  /**
   * Puts the status and the lines into the response.
   *
   * @throws IllegalArgumentException where the status is none of a reply, or a line would break out
   */
  static void write(ClientCall call, Reply reply) {
    HttpServerResponse response = call.response();
    MultiMap head = response.headers();
    if ((reply.status() < 200 && reply.socket() == null) || reply.status() > 999) {
      throw new IllegalArgumentException(reply.status() + " is not the status of a reply");
    }
    response.setStatusCode(reply.status());
    if (call.isHead() || isBare(reply.status()) || !ReadyHeads.take(call, reply)) {
      addLines(reply, head);
    }
    for (Reply.Edit edit : reply.edits()) {
      if (!isOurs(edit.name())) {
        change(head, edit);
      }
    }
    identify(call, reply, head);
    frame(call, reply, head);
  }

  private static void change(MultiMap head, Reply.Edit edit) {
    AsciiString name = SPELT.of(edit.name());
    head.remove(name);
    for (String value : edit.values()) {
      head.add(name, value);
    }
  }

  /** Where a message ends and what becomes of its connection is not a route's to say. */
  private static boolean isOurs(String name) {
    return HopByHop.is(name) || (name.length() == 14 && name.equalsIgnoreCase("Content-Length"));
  }

  private static void identify(ClientCall call, Reply reply, MultiMap head) {
    String id = call.requestIdForClient();
    boolean said = id == null || head.contains(REQUEST_ID) || reply.lines().has(REQUEST_ID);
    if (!said) {
      head.set(REQUEST_ID, id);
    }
  }

  /** Adds the lines of a reply to a head, with those that change with the clock. */
  static void addLines(Reply reply, MultiMap head) {
    reply.lines().addTo(head);
    stamp(head, AGE, reply.age());
    stamp(head, CACHE_STATUS, reply.cacheStatus());
  }

  private static void frame(ClientCall call, Reply reply, MultiMap head) {
    CharSequence length = length(call, reply);
    if (length != null) {
      head.set(HttpHeaders.CONTENT_LENGTH, length);
    }
    if (call.closing() || call.awaitsContinue()) {
      Closing.announce(call);
    }
  }

  /** What has no body says no length, but for HEAD, which says that of GET (RFC 9110, 8.6). */
  private static @Nullable CharSequence length(ClientCall call, Reply reply) {
    if (isBodiless(reply.status())) {
      return null;
    }
    if (call.isHead() && reply.live() != null) {
      return reply.lines().declaredLength();
    }
    return reply.length() < 0 ? null : length(reply.length());
  }

  /** Of these the encoder has to take what the server says of a length. */
  private static boolean isBare(int status) {
    return isBodiless(status) || status == 205;
  }

  static boolean isBodiless(int status) {
    return status == 204 || status == 304 || status < 200;
  }

  private static void stamp(MultiMap head, CharSequence name, @Nullable CharSequence value) {
    if (value != null) {
      head.add(name, value);
    }
  }

  private static CharSequence length(long length) {
    return length < LENGTHS.length ? LENGTHS[(int) length] : Long.toString(length);
  }
}
