package org.cistern.camel.call;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.streams.ReadStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.cistern.http.Fields;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.TargetOutcome;
import org.cistern.http.uri.TargetParser;
import org.cistern.http.uri.TargetRefusal;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way along a route, until it is answered and after. Before the answer the
 * message's headers are the request's, afterwards they are the reply's.
 */
public abstract class Call implements Request {

  /** The exchange property that holds the call, for steps whose message was replaced. */
  public static final String PROPERTY = "CisternCall";

  private final ContextInternal context;
  private final MultiMap head;
  private final Fields fields;
  private Target target;
  private @Nullable Reply reply;
  private @Nullable Set<String> edited;
  private @Nullable ReadAhead ahead;
  private @Nullable TakenBody replaced;

  Call(ContextInternal context, MultiMap head, Target target) {
    this.context = context;
    this.head = head;
    this.fields = new VertxFields(head);
    this.target = target;
  }

  @Override
  public final Target target() {
    return target;
  }

  /** Sends the call somewhere else: match, key and forward use the new target from here on. */
  public final void target(Target changed) {
    this.target = changed;
  }

  /**
   * Sends the call to another path or query of the same host; null leaves that part as it is, an
   * empty query takes it off. Once the call is answered, nothing comes of it.
   *
   * @throws IllegalArgumentException where that is not a target; the sentence says why
   */
  final void redirect(@Nullable String path, @Nullable String query) {
    if (reply != null) {
      return;
    }
    String newPath = path == null ? target.path() : path.startsWith("/") ? path : '/' + path;
    String newQuery = query == null ? target.query() : query;
    boolean bare = newQuery == null || newQuery.isEmpty();
    String raw = bare ? newPath : newPath + '?' + newQuery;
    TargetOutcome outcome = TargetParser.parse(method(), target.scheme(), target.host(), raw);
    if (outcome instanceof TargetRefusal refusal) {
      throw new IllegalArgumentException(
          "a step sends the call to '" + newPath + "', which is refused: " + refusal.sentence());
    }
    target((Target) outcome);
  }

  @Override
  public final Fields fields() {
    return fields;
  }

  /** Returns the request's fields, which the steps may change. */
  public final MultiMap head() {
    return head;
  }

  /** Returns the reply, or null while the call is not answered. */
  public final @Nullable Reply reply() {
    return reply;
  }

  /** Returns the request's body, paused and not yet read, as it came; or null without one. */
  abstract @Nullable ReadStream<Buffer> source();

  /** Returns the length of the body as it came, or -1 where it is not known. */
  abstract long sourceLength();

  /** Returns the length of the request's body, or -1 where it is not known. */
  public final long length() {
    return replaced == null ? sourceLength() : replaced.length();
  }

  /** Tells whether what was asked for it has failed so far. */
  boolean hasFailed() {
    return false;
  }

  /** Puts another body in the place of the request's; what came of that is not read any more. */
  public final void replaceBody(Buffer body) {
    replaced = TakenBody.whole(body);
  }

  /** Tells whether a step has put another body in the place of the request's. */
  public final boolean isReplaced() {
    return replaced != null;
  }

  /** Has the client send the request's body, where it waits for that. */
  abstract void goOn();

  /** Returns the request's body, paused, for whoever sends it on; or null without one. */
  public final @Nullable ReadStream<Buffer> body() {
    if (replaced != null) {
      return replaced.stream();
    }
    return ahead == null ? source() : ahead;
  }

  /** Tells whether a step has had the request's body collected, or tried to. */
  final boolean isRead() {
    return ahead != null;
  }

  /** Tells whether the request's body is being collected. */
  final boolean isCollecting() {
    return ahead != null && ahead.isGathering();
  }

  /** Puts a reader ahead of the request's body. */
  final ReadAhead readAhead() {
    ReadStream<Buffer> source = source();
    if (source == null) {
      throw new IllegalStateException(this + " has no body to read");
    }
    ReadAhead reader = new ReadAhead(source);
    ahead = reader;
    return reader;
  }

  /**
   * Returns the body of what the message is now, the request or the reply; null where it has none
   * or where it has not been collected.
   */
  public final byte @Nullable [] bytes() {
    if (reply != null) {
      return reply.bytes();
    }
    return requestBytes();
  }

  /** Returns the request's body, or null where it has none or where it has not been collected. */
  final byte @Nullable [] requestBytes() {
    if (replaced != null) {
      return replaced.read().getBytes();
    }
    return ahead == null ? null : ahead.bytes();
  }

  /** Gives up the reply that another one takes the place of, if its body is still coming. */
  public void giveUp() {
    if (reply != null) {
      reply.cancel();
    }
  }

  /** Returns the context of the event loop that the call belongs to. */
  public final ContextInternal context() {
    return context;
  }

  /** Tells whether the current thread is this call's event loop. */
  public final boolean isOnLoop() {
    return context.nettyEventLoop().inEventLoop();
  }

  /** Runs a task on this call's event loop, at once where that is the current thread. */
  public final void onLoop(Runnable task) {
    if (isOnLoop()) {
      task.run();
    } else {
      context.runOnContext(nothing -> task.run());
    }
  }

  /**
   * Returns the call that an exchange carries.
   *
   * @throws IllegalStateException where the exchange does not come from the gateway's front door
   */
  public static Call of(Exchange exchange) {
    Call call = find(exchange);
    if (call != null) {
      return call;
    }
    throw new IllegalStateException(
        "route "
            + exchange.getFromRouteId()
            + " uses a cistern step, but its requests do not come"
            + " through the gateway's front route");
  }

  /** Returns the call that an exchange carries, or null; the message knows it without a search. */
  public static @Nullable Call find(Exchange exchange) {
    if (exchange.getIn() instanceof CallMessage message) {
      return message.call();
    }
    return exchange.getProperty(PROPERTY) instanceof Call call ? call : null;
  }

  /** Returns it for the log: without its query, which may name a user or hold a key. */
  @Override
  public String toString() {
    return method() + " " + target.scheme() + "://" + target.host() + target.path();
  }

  /** Answers the call, or replaces its reply. */
  public final void reply(Reply answer) {
    this.reply = answer;
  }

  /** Tells whether there is a reply. */
  public final boolean answered() {
    return reply != null;
  }

  /** Returns the values that a header has now: of the reply where there is one. */
  public final List<String> header(String name) {
    return reply == null ? head.getAll(name) : reply.all(name);
  }

  /** Sets a header of what the message is now; no value takes it off. */
  public final void header(String name, List<String> values) {
    if (reply != null) {
      reply.edit(name, values);
      return;
    }
    if (edited == null) {
      edited = new LinkedHashSet<>();
    }
    edited.add(name);
    head.remove(name);
    head.add(name, values);
  }

  /** Returns the names of the request fields that the route has set, in order. */
  public final Set<String> edited() {
    return edited == null ? Set.of() : edited;
  }
}
