package org.cistern.flight;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.Headers;
import org.cistern.loop.ByteBudget;
import org.cistern.rule.Key;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.NullUnmarked;

/** The request path in small, one instance per event loop: memory, else a flight. */
@NullUnmarked
final class SmallGateway extends AbstractVerticle {

  /** What the instances share. */
  record Node(
      int upstream, AtomicInteger port, ConcurrentHashMap<Key, Answer> memory, Flights flights) {
    Node(int upstream) {
      this(
          upstream,
          new AtomicInteger(),
          new ConcurrentHashMap<>(),
          new Flights(
              new SmallPurges(),
              new ByteBudget(1 << 20),
              FlightLimits.defaults(),
              FlightEvents.NONE,
              System::nanoTime));
    }
  }

  private final Node node;
  private HttpClient client;

  SmallGateway(Node node) {
    this.node = node;
  }

  @Override
  public void start(Promise<Void> started) {
    client = vertx.createHttpClient();
    vertx
        .createHttpServer()
        .requestHandler(request -> answer(request.path(), request.response()))
        .listen(-1)
        .onSuccess(server -> node.port.set(server.actualPort()))
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void answer(String path, HttpServerResponse response) {
    Ticket ticket = Airport.ticket(path);
    Answer hit = node.memory.get(ticket.key());
    if (hit != null) {
      response.end(Buffer.buffer(hit.body().bytes()));
    } else {
      Guest guest = new Guest(ticket, vertx.getOrCreateContext(), response);
      node.flights.board(guest, (position, then) -> fetch(ticket, position, then));
    }
  }

  private void fetch(Ticket ticket, Position position, Consumer<Outcome> then) {
    Answer meanwhile = node.memory.get(ticket.key());
    if (meanwhile != null) {
      then.accept(new Outcome.Whole(meanwhile));
      return;
    }
    client
        .request(HttpMethod.GET, node.upstream, "localhost", ticket.target().path())
        .compose(HttpClientRequest::send)
        .onSuccess(response -> then.accept(streamed(ticket, position, response)))
        .onFailure(
            failure ->
                then.accept(
                    new Outcome.Failed(
                        new UpstreamFailure(UpstreamFailure.Kind.CONNECT, failure.toString()))));
  }

  private Outcome streamed(Ticket ticket, Position position, HttpClientResponse response) {
    response.pause();
    Keep keep = TestKeep.of(ticket, position, answer -> node.memory.put(ticket.key(), answer));
    return new Outcome.Streamed(new FromClient(response), keep, null);
  }

  /** A request of a real client. */
  private record Guest(Ticket ticket, Context context, HttpServerResponse response)
      implements Passenger {
    @Override
    public Fit judgeStandIn(Answer offered, int status) {
      return judge(offered);
    }

    @Override
    public Fit judge(Answer offered) {
      return Fit.match();
    }

    @Override
    public void live(Live answer) {
      response.putHeader("Content-Length", Long.toString(answer.head().length()));
      answer.body().pipe().endOnFailure(false).to(response).onFailure(cut -> response.reset());
    }

    @Override
    public void whole(Answer answer) {
      response.end(Buffer.buffer(answer.body().bytes()));
    }

    @Override
    public void failed(UpstreamFailure failure) {
      response.setStatusCode(failure.kind().status()).end();
    }

    @Override
    public void alone(Alone reason) {
      response.setStatusCode(500).end(reason.label());
    }
  }

  /** A response of a real upstream. */
  private record FromClient(HttpClientResponse response) implements Incoming {
    @Override
    public Head head() {
      Instant time = Instant.EPOCH;
      long length = Long.parseLong(response.getHeader("Content-Length"));
      return new Head(response.statusCode(), Headers.empty(), length, false, time, time);
    }

    @Override
    public ReadStream<Buffer> body() {
      return response;
    }

    @Override
    public Headers trailers() {
      return Headers.empty();
    }

    @Override
    public io.vertx.core.net.@org.jspecify.annotations.Nullable NetSocket socket() {
      return null;
    }

    @Override
    public void cancel() {
      response.request().reset();
    }
  }
}
