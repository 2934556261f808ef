package org.cistern.camel.fetch.store;

import io.netty.buffer.Unpooled;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Facts;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Part;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Remainder;
import org.cistern.freshness.Verdict;
import org.cistern.http.Headers;
import org.cistern.http.range.ByteRange;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * A range of which memory has a part: the rest is fetched, and the client gets both as one. The
 * fetch says whether the part still holds, so it need not be fresh.
 */
public final class Completion {

  private final ClientCall call;
  private final Part part;
  private final Remainder rest;

  private Completion(ClientCall call, Part part, Remainder rest) {
    this.call = call;
    this.part = part;
    this.rest = rest;
  }

  /** Returns the completion of what a request asks for, or null where there is nothing to it. */
  public static @Nullable Completion of(ClientCall call, Asked asked, Services services) {
    Key key = call.passage().ownKey();
    Rule rule = asked.rule();
    if (key == null || rule == null || !Parts.mayHave(call) || !Parts.isPlain(asked)) {
      return null;
    }
    Instant now = services.clock().instant();
    Part part = new Parts(services).find(asked, key, now);
    Remainder rest = part == null ? null : part.remainder(call, now);
    return part != null && rest != null && mayUse(asked, rule, part, now, services)
        ? new Completion(call, part, rest)
        : null;
  }

  private static boolean mayUse(Asked asked, Rule rule, Part part, Instant now, Services services) {
    Verdict verdict =
        Freshness.judge(
            asked,
            Facts.of(part.answer(), rule),
            Shelf.standing(services.purges(), asked, part.answer()),
            now);
    return verdict.serves() || verdict instanceof Verdict.Revalidate;
  }

  /** Returns the fields of the request for the rest; in the plain form, of which the part is. */
  public Headers head() {
    return rest.asked(call.fields()).without("accept-encoding");
  }

  /**
   * Tells whether a response speaks of the range that was asked for in place of the client's, and
   * is not that. Every other response is as good an answer to the client.
   */
  public boolean failed(Incoming incoming) {
    Incoming.Head head = incoming.head();
    boolean whole = head.length() == rest.missing().length();
    return head.status() == 416 || (head.status() == 206 && !(whole && rest.isIn(head.headers())));
  }

  /** Returns the range that the client asked for where the response is the rest of it. */
  public Incoming whole(Incoming incoming) {
    if (incoming.head().status() != 206) {
      return incoming;
    }
    call.passage().reason(Reason.REMAINDER);
    return new Joined(incoming);
  }

  private Buffer stored(long first, long last) {
    if (last < first) {
      return Buffer.buffer(0);
    }
    byte[] bytes = part.answer().body().bytes();
    Buffer all = BufferImpl.buffer(Unpooled.wrappedBuffer(bytes));
    return all.slice((int) (first - part.first()), (int) (last + 1 - part.first()));
  }

  /** What memory has, and what comes, in their order. */
  private final class Joined extends Relay {

    private final Head head;
    private @Nullable Buffer before;
    private @Nullable Handler<Buffer> handler;

    private Joined(Incoming incoming) {
      super(incoming);
      Head came = incoming.head();
      ByteRange wanted = rest.wanted();
      this.before = stored(wanted.first(), rest.missing().first() - 1);
      this.head =
          new Head(
              206,
              part.updated(came.headers(), wanted),
              wanted.length(),
              false,
              came.maimed(),
              came.requestTime(),
              came.responseTime(),
              came.version());
    }

    @Override
    public Head head() {
      return head;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> wanting) {
      handler = wanting;
      return super.handler(wanting == null ? null : bytes -> passed(bytes, wanting));
    }

    private void passed(Buffer bytes, Handler<Buffer> wanting) {
      Buffer first = before;
      before = null;
      if (first != null && first.length() > 0) {
        wanting.handle(first);
      }
      wanting.handle(bytes);
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> wanting) {
      return super.endHandler(wanting == null ? null : nothing -> ended(wanting));
    }

    private void ended(Handler<Void> wanting) {
      Buffer after = stored(rest.missing().last() + 1, rest.wanted().last());
      Handler<Buffer> bytes = handler;
      if (bytes != null && after.length() > 0) {
        bytes.handle(after);
      }
      wanting.handle(null);
    }
  }
}
