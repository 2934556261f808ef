package org.cistern.upstream;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.Pending;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.options.Upstream;
import org.cistern.upstream.options.UpstreamOptions;
import org.cistern.upstream.options.UpstreamUrls;
import org.jspecify.annotations.Nullable;

/** A client under test with an event loop to ask from, and answers as plain values. */
final class Asking implements AutoCloseable {

  static final UpstreamOptions.Timeouts SHORT =
      UpstreamOptions.Timeouts.defaults()
          .with(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(400));

  /** What holds by default, but for a breaker that stays closed. */
  static final UpstreamOptions OPTIONS =
      UpstreamOptions.defaults()
          .with(
              new UpstreamOptions.Breaker(
                  Duration.ofSeconds(10), Integer.MAX_VALUE, 1, Duration.ofSeconds(5), 1));

  /** The same with short time-outs, for upstreams that keep silent. */
  static final UpstreamOptions HASTY = OPTIONS.with(SHORT);

  final Vertx vertx;
  final Context context;
  final UpstreamClient client;
  final Recorded events = new Recorded();

  Asking(UpstreamOptions options, String urls) {
    this(options, urls, InstantSource.system());
  }

  Asking(UpstreamOptions options, String urls, InstantSource clock) {
    this(options, urls, clock, new AddressResolverOptions());
  }

  Asking(UpstreamOptions options, String urls, InstantSource clock, AddressResolverOptions names) {
    vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setAddressResolverOptions(names));
    context = vertx.getOrCreateContext();
    Upstream upstream = new Upstream("api", UpstreamUrls.parse("TEST", urls), options);
    client = new UpstreamClient(vertx, upstream, clock, events);
    client.start();
  }

  static Asking of(UpstreamOptions options, int... ports) {
    StringBuilder urls = new StringBuilder();
    for (int port : ports) {
      urls.append(urls.isEmpty() ? "" : ",").append("http://127.0.0.1:").append(port);
    }
    return new Asking(options, urls.toString());
  }

  static Outgoing get(String target) {
    return Outgoing.of("GET", target, Headers.empty());
  }

  /** What came of a request, its body read to the end. */
  record Reply(Incoming.Head head, String body, Headers trailers, @Nullable Throwable cut) {}

  /** Sends on the event loop and waits for all of the response. */
  Reply ask(Outgoing outgoing) {
    return await(start(outgoing));
  }

  /** Sends and returns why there is no response, or why it did not come whole. */
  UpstreamFailure failure(Outgoing outgoing) {
    return await(
        start(outgoing)
            .handle(
                (reply, failure) ->
                    (UpstreamFailure)
                        Objects.requireNonNull(
                            failure != null ? failure : reply.cut(), "the response came whole")));
  }

  CompletableFuture<Reply> start(Outgoing outgoing) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    send(outgoing, incoming -> collect(incoming, reply), reply);
    return reply;
  }

  /** Sends, and hands the response's head over on the event loop; failures go to the future. */
  void send(Outgoing outgoing, Consumer<Incoming> taker, CompletableFuture<?> failed) {
    context.runOnContext(
        nothing ->
            client.send(
                outgoing,
                result -> {
                  if (result.succeeded()) {
                    taker.accept(result.result());
                  } else {
                    failed.completeExceptionally(result.cause());
                  }
                }));
  }

  /** Sends, and returns the call on its way. */
  CompletableFuture<Pending> call(Outgoing outgoing, CompletableFuture<Incoming> answer) {
    CompletableFuture<Pending> call = new CompletableFuture<>();
    context.runOnContext(
        nothing ->
            call.complete(
                client.send(
                    outgoing,
                    result -> {
                      if (result.succeeded()) {
                        answer.complete(result.result());
                      } else {
                        answer.completeExceptionally(result.cause());
                      }
                    })));
    return call;
  }

  static void collect(Incoming incoming, CompletableFuture<Reply> reply) {
    Buffer all = Buffer.buffer();
    incoming.body().handler(all::appendBuffer);
    incoming
        .body()
        .endHandler(
            nothing ->
                reply.complete(
                    new Reply(incoming.head(), all.toString(), incoming.trailers(), null)));
    incoming
        .body()
        .exceptionHandler(
            cut ->
                reply.complete(
                    new Reply(incoming.head(), all.toString(), incoming.trailers(), cut)));
    incoming.body().resume();
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(10, SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Tells that nothing is under way and nobody waits: whatever was taken was given back. */
  boolean settled() {
    return client.conditions().stream().allMatch(c -> c.outstanding() == 0) && client.idle();
  }

  @Override
  public void close() {
    await(client.close().toCompletionStage().toCompletableFuture());
    await(vertx.close().toCompletionStage().toCompletableFuture());
  }
}
