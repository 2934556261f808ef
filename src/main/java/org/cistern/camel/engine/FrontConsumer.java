package org.cistern.camel.engine;

import io.netty.buffer.Unpooled;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;
import org.cistern.http.Target;

/** The front door's consumer: runs its route on the event loop that the request came on. */
final class FrontConsumer extends DefaultConsumer implements PlatformHttpConsumer {

  private final FrontServer server;

  FrontConsumer(PlatformHttpEndpoint endpoint, Processor processor, FrontServer server) {
    super(endpoint, processor);
    this.server = server;
  }

  @Override
  public PlatformHttpEndpoint getEndpoint() {
    return (PlatformHttpEndpoint) super.getEndpoint();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    server.front(this::handle);
  }

  private void handle(HttpServerRequest request) {
    Exchange exchange = createExchange(false);
    exchange.setPattern(ExchangePattern.InOut);
    String uri = request.uri();
    int q = uri.indexOf('?');
    Target target =
        new Target(
            "http",
            request.getHeader("Host"),
            q < 0 ? uri : uri.substring(0, q),
            q < 0 ? null : uri.substring(q + 1));
    Call call = new Call(request, target);
    exchange.setIn(new CallMessage(exchange, call));
    try {
      createUoW(exchange);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    getAsyncProcessor().process(exchange, doneSync -> finish(exchange, call));
  }

  private void finish(Exchange exchange, Call call) {
    Reply reply = call.reply();
    if (reply == null) {
      reply =
          Reply.whole(
              504,
              Lines.of(org.cistern.http.Headers.empty()),
              io.vertx.core.buffer.Buffer.buffer(Unpooled.EMPTY_BUFFER));
    }
    ResponseWriter.write(call, reply);
    doneUoW(exchange);
    releaseExchange(exchange, false);
  }
}
