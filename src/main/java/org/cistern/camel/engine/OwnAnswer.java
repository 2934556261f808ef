package org.cistern.camel.engine;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A route of a user's, which answers with what it has set and nothing that the request brought. */
final class OwnAnswer extends DelegateAsyncProcessor {

  OwnAnswer(Processor route) {
    super(route);
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Brought brought = Brought.by(exchange.getMessage());
    return super.process(
        exchange,
        sync -> {
          brought.leaveWith(exchange);
          dropType(exchange.getMessage(), brought);
          callback.done(sync);
        });
  }

  /** Camel takes the type of the answer from the message, past every filter. */
  private static void dropType(Message message, Brought brought) {
    if (brought.holds(Exchange.CONTENT_TYPE, message.getHeader(Exchange.CONTENT_TYPE))) {
      message.removeHeader(Exchange.CONTENT_TYPE);
    }
  }
}
