package org.cistern.camel.engine;

import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Instant;
import org.cistern.camel.call.Enrolled;
import org.cistern.camel.call.Reply;
import org.cistern.camel.engine.log.Beside;
import org.cistern.camel.engine.write.BreakOff;
import org.cistern.http.forwarding.Client;

/** A request that another route answers, in its own way and on a thread of its own. */
final class Passing implements Enrolled {

  private final HttpServerRequest request;
  private final Client client;
  private final Instant arrival;
  private final long startNanos;
  private int place;

  Passing(HttpServerRequest request, Client client, Instant arrival, long startNanos) {
    this.request = request;
    this.client = client;
    this.arrival = arrival;
    this.startNanos = startNanos;
  }

  HttpServerRequest request() {
    return request;
  }

  /** Returns what a listener is told at its end. */
  Beside beside() {
    int status = BreakOff.status(request.response());
    long nanos = System.nanoTime() - startNanos;
    return new Beside(request, arrival, client.address(), status, null, nanos);
  }

  /** Ends it: with this reply where nothing is written yet, else by breaking it off. */
  void cut(Refused refused, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.headWritten()) {
      BreakOff.of(request);
    } else {
      response.headers().clear();
      refused.write(request, reply);
    }
  }

  @Override
  public EventLoop loop() {
    return ((ConnectionBase) request.connection()).channel().eventLoop();
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void place(int at) {
    place = at;
  }
}
