package org.cistern.upstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.SocketChannel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.HeadBytes;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.Upstream;
import org.cistern.upstream.options.UpstreamOptions;
import org.cistern.upstream.options.UpstreamUrls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A leased connection and the turns on it, where a client cannot be brought to on purpose. */
class LeaseTest {

  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final String TWO_PARTS =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void aRequestThatCannotBeWrittenBreaksOff() {
    CountDownLatch over = new CountDownLatch(1);
    // An origin that closed in turn would break it off in another way.
    try (FakeUpstream origin = FakeUpstream.playing(connection -> await(over))) {
      Future<Throwable> broken =
          leased(
              origin,
              (request, lease, done) -> {
                SocketChannel channel =
                    (SocketChannel) ((ConnectionBase) request.connection()).channel();
                channel
                    .shutdownOutput()
                    .addListener(shut -> turn(lease, arrival -> {}, done::complete));
              });

      assertThat(await(broken)).isNotNull();
    } finally {
      over.countDown();
    }
  }

  @Test
  void aTurnThatIsOverDoesNotCloseTheConnectionOfTheNext() {
    try (FakeUpstream origin = FakeUpstream.answering(HELLO)) {
      Future<String> second =
          leased(
              origin,
              (request, lease, done) -> {
                Turn[] first = new Turn[1];
                first[0] =
                    turn(
                        lease,
                        arrival -> read(first[0]),
                        done::fail,
                        free -> {
                          Turn[] next = new Turn[1];
                          next[0] =
                              turn(free, arrival -> read(next[0]).onComplete(done), done::fail);
                          free.close(first[0]);
                        });
              });

      assertThat(await(second)).isEqualTo("hello");
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aReaderThatThrowsGetsTheRestWhenItAsksAgain() {
    try (FakeUpstream origin = FakeUpstream.answering(TWO_PARTS)) {
      Future<String> rest =
          leased(
              origin,
              (request, lease, done) -> {
                Turn[] turn = new Turn[1];
                // The whole response waits by the time that the connection is free.
                turn[0] = turn(lease, arrival -> {}, done::fail, free -> stumble(turn[0], done));
              });

      assertThat(await(rest)).isEqualTo("world");
    }
  }

  private void stumble(Turn turn, Promise<String> done) {
    Buffer read = Buffer.buffer();
    boolean[] thrown = new boolean[1];
    context.exceptionHandler(stumbled -> turn.body().resume());
    turn.body()
        .handler(
            part -> {
              if (!thrown[0]) {
                thrown[0] = true;
                throw new IllegalStateException("a reader that stumbles over its first part");
              }
              read.appendBuffer(part);
            });
    turn.body().endHandler(end -> done.complete(read.toString()));
    turn.body().resume();
  }

  private static Future<String> read(Turn turn) {
    Promise<String> whole = Promise.promise();
    Buffer read = Buffer.buffer();
    turn.body().handler(read::appendBuffer);
    turn.body().endHandler(end -> whole.complete(read.toString()));
    turn.body().resume();
    return whole.future();
  }

  private Turn turn(Lease lease, Handler<Arrival> answered, Handler<Throwable> broken) {
    return turn(lease, answered, broken, free -> {});
  }

  private Turn turn(
      Lease lease, Handler<Arrival> answered, Handler<Throwable> broken, Handler<Lease> whenFree) {
    Turn turn = new Turn(lease, context, answered, broken);
    lease.send(head(), turn, (status, fields) -> {}, whenFree::handle);
    return turn;
  }

  private static HeadBytes head() {
    Instance instance = UpstreamUrls.parse("TEST", "http://127.0.0.1").get(0);
    return RequestHeads.encode(Outgoing.of("GET", "/", Headers.empty()), instance);
  }

  /** What a test does with a connection, on its event loop. */
  private interface Play<T> {

    void with(HttpClientRequest request, Lease lease, Promise<T> done);
  }

  private <T> Future<T> leased(FakeUpstream origin, Play<T> play) {
    Promise<T> done = Promise.promise();
    List<Instance> instances = UpstreamUrls.parse("TEST", "http://127.0.0.1:" + origin.port());
    Upstream upstream = new Upstream("api", instances, UpstreamOptions.defaults());
    HttpClient client = new Clients(vertx, upstream).http(1);
    context.runOnContext(
        nothing ->
            client
                .request(new RequestOptions().setHost("127.0.0.1").setPort(origin.port()))
                .onFailure(done::fail)
                .onSuccess(
                    request ->
                        play.with(request, Objects.requireNonNull(Lease.take(request)), done)));
    return done.future();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException(e.getMessage());
    }
  }

  private static <T> T await(Future<T> future) {
    CompletableFuture<T> waited = future.toCompletionStage().toCompletableFuture();
    try {
      return waited.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
