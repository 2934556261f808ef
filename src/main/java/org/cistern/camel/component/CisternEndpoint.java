package org.cistern.camel.component;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultEndpoint;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.Lines;
import org.cistern.camel.call.Reply;
import org.cistern.http.Headers;

/** proto. */
public class CisternEndpoint extends DefaultEndpoint {
  private final String op;
  static final Map<String, Reply> cache = new ConcurrentHashMap<>();

  CisternEndpoint(String uri, Component c, String op) {
    super(uri, c);
    this.op = op;
  }

  @Override
  public Producer createProducer() {
    return new DefaultAsyncProducer(this) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        Call call = Call.of(exchange);
        switch (op) {
          case "l1" -> {
            var t = call.target();
            var r = cache.get("7:default|3:GET|" + t.scheme() + t.host() + t.pathAndQuery());
            if (r != null) {
              call.reply(Reply.whole(r.status(), r.lines(), r.whole()));
            }
          }
          case "fetch" -> {
            var t = call.target();
            call.reply(
                Reply.whole(
                    200,
                    Lines.of(
                        Headers.of(
                            "Content-Type",
                            "application/json",
                            "Cache-Control",
                            "max-age=3600",
                            "ETag",
                            "\"abc\"",
                            "Server",
                            "nginx",
                            "Date",
                            "Mon, 23 Nov 2026 22:00:00 GMT",
                            "Age",
                            "12",
                            "Cache-Status",
                            "cistern; hit; ttl=1640; detail=\"l1 rule=models reason=fresh\"",
                            "Content-Length",
                            "1024")),
                    Buffer.buffer(Unpooled.wrappedBuffer(new byte[1024]))));
            cache.put("7:default|3:GET|" + t.scheme() + t.host() + t.pathAndQuery(), call.reply());
          }
          default -> {}
        }
        callback.done(true);
        return true;
      }
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new IllegalStateException();
  }

  @Override
  public boolean isSingleton() {
    return true;
  }
}
