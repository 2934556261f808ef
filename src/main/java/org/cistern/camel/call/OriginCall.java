package org.cistern.camel.call;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import org.cistern.freshness.Verdict;
import org.cistern.http.uri.Target;
import org.cistern.upstream.Upstreams;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Pending;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.options.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * A request of the gateway's own to an upstream, on its way along the upstream route: for one
 * client, for many who wait together, or for nobody but the store.
 */
public final class OriginCall extends Call {

  private final String method;
  private final @Nullable ClientCall client;
  private final @Nullable Duration timeout;
  private @Nullable ReadStream<Buffer> body;
  private long length;
  private @Nullable String upgrade;
  private @Nullable StandIn standIn;
  private @Nullable Verdict stale;
  private boolean standInAsked;
  private @Nullable Incoming incoming;
  private @Nullable Upstream answering;
  private @Nullable UpstreamFailure failure;
  private @Nullable Pending asking;
  private boolean cancelled;
  private boolean sending;
  private String upstream = Upstreams.PRIMARY;

  /**
   * Makes the call.
   *
   * @param head its fields, which the route may change
   * @param client the client that it is for, or null where nobody waits
   * @param timeout how long the response head may take, or null for the upstream's own setting
   */
  public OriginCall(
      String method,
      Target target,
      MultiMap head,
      ContextInternal context,
      @Nullable ClientCall client,
      @Nullable Duration timeout) {
    super(context, head, target);
    this.method = method;
    this.client = client;
    this.timeout = timeout;
  }

  @Override
  public String method() {
    return method;
  }

  /** Returns the client that it is for, or null. */
  public @Nullable ClientCall client() {
    return client;
  }

  /** Returns how long the response head may take, or null. */
  public @Nullable Duration timeout() {
    return timeout;
  }

  /** Gives it a body of {@code bytes} bytes, or -1 where that is not known. */
  public void body(ReadStream<Buffer> stream, long bytes) {
    this.body = stream;
    this.length = bytes;
  }

  @Override
  @Nullable ReadStream<Buffer> source() {
    return body;
  }

  /** The client needs no word from the upstream any more, which gets the body at once. */
  @Override
  void goOn() {
    head().remove(HttpHeaders.EXPECT);
    if (client != null) {
      client.goOn();
    }
  }

  @Override
  long sourceLength() {
    return length;
  }

  @Override
  boolean hasFailed() {
    return failure != null;
  }

  /** Asks for another protocol on the connection, or not. */
  public void upgrade(@Nullable String protocol) {
    this.upgrade = protocol;
  }

  /** Returns the protocol to change to, or null. */
  public @Nullable String upgrade() {
    return upgrade;
  }

  /** Names the upstream that it is meant for; null for the primary one. */
  public void upstream(@Nullable String name) {
    this.upstream = name == null ? Upstreams.PRIMARY : name;
  }

  /** Returns the name of the upstream that it is meant for. */
  public String upstream() {
    return upstream;
  }

  /** Names the stale answer that may stand in where the upstream fails. */
  public void standIn(@Nullable StandIn stale) {
    this.standIn = stale;
  }

  /** Lets the stale answer stand in where there is need and leave; the upstream's is given up. */
  public void useStandIn() {
    standInAsked = incoming != null;
    Verdict verdict = verdictOnStale();
    if (verdict != null) {
      stale = verdict;
      giveUp();
    }
  }

  private @Nullable Verdict verdictOnStale() {
    Reply reply = reply();
    if (standIn == null || (reply == null && failure == null)) {
      return null;
    }
    return reply == null ? standIn.onFailure() : standIn.onStatus(reply.status());
  }

  /** Returns the verdict by which the stale answer stands in, or null where it does not. */
  public @Nullable Verdict stale() {
    return stale;
  }

  /**
   * Tells whether the route let the response pass where a stale answer could stand in: so it may
   * too where the body breaks off.
   */
  public boolean mayStandIn() {
    return standIn != null && standInAsked;
  }

  /** Takes the response of an upstream: from here on the message is the response. */
  public void answered(Incoming response, Upstream by) {
    this.sending = false;
    this.incoming = response;
    this.answering = by;
    this.failure = null;
    Incoming.Head head = response.head();
    reply(
        Reply.live(
            head.status(),
            Lines.of(head.headers()),
            response.body(),
            head.length(),
            response::trailers,
            response::cancel));
  }

  /** Returns the upstream that answered, or null where none has. */
  public @Nullable Upstream answering() {
    return answering;
  }

  /** Returns the response of an upstream, or null. */
  public @Nullable Incoming incoming() {
    return incoming;
  }

  /**
   * Notes that an upstream failed; the route may ask another one. That it may have arrived at one
   * is not forgotten where the next cannot be reached.
   */
  public void failed(UpstreamFailure why) {
    sending = false;
    boolean arrived = failure != null && failure.kind().mayHaveArrived();
    if (!arrived || why.kind().mayHaveArrived()) {
      this.failure = why;
    }
  }

  /** Returns how the upstreams failed, or null. */
  public @Nullable UpstreamFailure failure() {
    return failure;
  }

  /** Gives up the response of an upstream, which nothing comes of. */
  @Override
  public void giveUp() {
    if (incoming != null) {
      incoming.cancel();
      incoming = null;
    }
  }

  /** An upstream is about to be asked: a response or a failure follows, whatever happens. */
  public void sends() {
    sending = true;
  }

  /** Tells whether it is on its way to an upstream, or a body arrives: both have time-outs. */
  public boolean isTimedElsewhere() {
    Reply reply = reply();
    return sending || isCollecting() || (reply != null && reply.isCollecting());
  }

  /** Notes the request under way to an upstream. */
  public void asking(Pending request) {
    this.asking = request;
    stop();
  }

  /** Gives the call up, since nobody wants its answer any more. No other upstream is asked. */
  public void cancel() {
    cancelled = true;
    stop();
  }

  /** A response that has begun goes on along the route: whoever takes it gives it up. */
  private void stop() {
    if (cancelled && asking != null && incoming == null) {
      asking.cancel();
    }
  }

  /** Tells whether nobody wants the answer any more. */
  public boolean isCancelled() {
    return cancelled;
  }
}
