package org.cistern.camel.call;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import org.apache.camel.Exchange;
import org.cistern.loop.ByteBudget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the body of a call here for the steps that read it: the request's before the answer, the
 * reply's after it. Bodies otherwise pass through without ever being here whole.
 *
 * @param limit how many bytes a step gets to read; a longer request is refused, a longer reply
 *     passes unread
 * @param budget what the requests that are collected may hold together
 * @param disk what the forms with files may hold together on the disk
 */
public record Bodies(long limit, ByteBudget budget, ByteBudget disk) {

  /** What a client is told whose body was one too many. */
  public static final String NO_ROOM = "Too many bodies of requests are being read.";

  private static final int HEAP_PART = 8;
  private static final long LEAST_DISK = 1L << 30;

  /** How many of the longest forms the disk has room for. */
  private static final int FORMS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);

  /** Returns what collects bodies up to a limit, together a part of the heap. */
  public static Bodies of(long limit, long heap) {
    // A body may be collected once more upstream.
    long memory = Math.max(heap / HEAP_PART, 2 * limit);
    long disk = Math.max(LEAST_DISK, FORMS * limit);
    return new Bodies(limit, new ByteBudget(memory), new ByteBudget(disk));
  }

  /** Tells whether there is nothing to wait for: the message says all there is to say. */
  public boolean ready(Exchange exchange, Call call) {
    boolean set = exchange.getMessage() instanceof CallMessage message && message.bodySet();
    return set || CopiedMessage.hasBody(exchange) || ready(call);
  }

  private static boolean ready(Call call) {
    Reply reply = call.reply();
    return reply == null
        ? call.isReplaced() || call.isRead() || call.body() == null
        : !reply.isUnread();
  }

  /**
   * Collects the body; {@code then} runs once, on the call's event loop. Where the body broke off
   * the exchange has failed then; where a request is too long it is answered and the route stops.
   */
  public void collect(Exchange exchange, Call call, Runnable then) {
    call.onLoop(() -> collectHere(exchange, call, then));
  }

  private void collectHere(Exchange exchange, Call call, Runnable then) {
    Runnable once = once(then);
    Reply reply = call.reply();
    try {
      if (ready(exchange, call)) {
        once.run();
      } else if (reply == null) {
        request(exchange, call, once);
      } else {
        reply(exchange, call, reply, once);
      }
    } catch (RuntimeException e) {
      exchange.setException(e);
      once.run();
    }
  }

  private static Runnable once(Runnable task) {
    AtomicBoolean run = new AtomicBoolean();
    return () -> {
      if (run.compareAndSet(false, true)) {
        task.run();
      }
    };
  }

  private static @Nullable ClientCall clientOf(Call call) {
    return call instanceof OriginCall origin ? origin.client() : (ClientCall) call;
  }

  /** A client that left before anybody listened is not heard of again. */
  private static boolean isGone(Call call) {
    ClientCall client = clientOf(call);
    return client != null && client.response().closed();
  }

  private void request(Exchange exchange, Call call, Runnable then) {
    if (isGone(call)) {
      exchange.setException(new ClosedChannelException());
      then.run();
      return;
    }
    ReadAhead ahead = call.readAhead();
    call.goOn();
    ahead.gather(
        call.length(),
        limit,
        room(call),
        outcome -> {
          switch (outcome) {
            case TOO_LONG -> {
              ahead.drop();
              refuse(exchange, call, tooLong());
            }
            case NO_ROOM -> {
              ahead.drop();
              refuse(exchange, call, Refusals.overload(NO_ROOM));
            }
            case BROKEN -> exchange.setException(ahead.failure());
            case WHOLE -> {}
          }
          then.run();
        });
  }

  /** The rest of the body is not waited for: the connection ends with the answer. */
  private static void refuse(Exchange exchange, Call call, Reply refusal) {
    ClientCall client = clientOf(call);
    if (client != null) {
      client.close();
    }
    call.reply(refusal);
    exchange.setRouteStop(true);
  }

  private Reply tooLong() {
    return Refusals.problem(
        413,
        "Body too large",
        "A step of the route reads the body, and it is longer than " + limit + " bytes.");
  }

  /** Where nobody waits the body is a copy, of which somebody else keeps count. */
  private LongPredicate room(Call call) {
    ClientCall client = clientOf(call);
    return client == null ? bytes -> true : client.share(budget)::take;
  }

  private void reply(Exchange exchange, Call call, Reply reply, Runnable then) {
    ReadAhead ahead = reply.readAhead();
    ahead.gather(
        reply.length(),
        limit,
        bytes -> true,
        outcome -> {
          switch (outcome) {
            case TOO_LONG ->
                LOG.warn(
                    "the reply to {} is longer than cistern.body-limit ({} bytes): a step of the"
                        + " route gets no body, and it passes as it came",
                    call,
                    limit);
            case BROKEN -> exchange.setException(ahead.failure());
            case WHOLE, NO_ROOM -> {}
          }
          then.run();
        });
  }
}
