package org.cistern.camel.flow;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.processor.errorhandler.RedeliveryErrorHandler;
import org.apache.camel.spi.ErrorHandler;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's error handler of one step, on standby: a step that ends well is run without it, and what
 * fails is handed to it as if it had run the step itself. Where it may have to run the step again
 * (redelivery), it runs it from the beginning.
 */
final class Standby extends DelegateAsyncProcessor implements ErrorHandler, ShutdownPrepared {

  private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

  private final RedeliveryErrorHandler handler;
  private final AsyncProcessor step;
  private boolean redelivers;

  Standby(RedeliveryErrorHandler handler) {
    super((AsyncProcessor) handler);
    this.handler = handler;
    this.step = AsyncProcessorConverterHelper.convert(handler.getOutput());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    redelivers = handler.determineIfRedeliveryIsEnabled();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    if (redelivers || isSpecial(exchange)) {
      return handler.process(exchange, callback);
    }
    Ending ending = new Ending(exchange, callback);
    try {
      return step.process(exchange, ending) && !ending.handed;
    } catch (Throwable e) {
      return ending.thrown(e);
    }
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    handler.prepareShutdown(suspendOnly, forced);
  }

  /** What has failed already, is to be given up or belongs to a transaction. */
  private boolean isSpecial(Exchange exchange) {
    return exchange.getException() != null
        || exchange.getExchangeExtension().isRedeliveryExhausted()
        || exchange.isRollbackOnly()
        || exchange.isTransacted()
        || handler.isStoppingOrStopped();
  }

  /** The end of the step: that of its place in the route too, unless it has failed. */
  private final class Ending implements AsyncCallback {

    private final Exchange exchange;
    private final AsyncCallback callback;
    private boolean over;
    private boolean endedSync;
    private boolean handed;

    Ending(Exchange exchange, AsyncCallback callback) {
      this.exchange = exchange;
      this.callback = callback;
    }

    @Override
    public void done(boolean sync) {
      if (over) {
        return;
      }
      over = true;
      if (isDone()) {
        endedSync = sync;
        callback.done(sync);
      } else {
        hand();
      }
    }

    private void hand() {
      handed = true;
      handler.process(exchange, callback);
    }

    private boolean isDone() {
      if (exchange.getExchangeExtension().isInterrupted()) {
        exchange.setRouteStop(true);
        return true;
      }
      return exchange.getException() == null
          || ExchangeHelper.isFailureHandled(exchange)
          || exchange.getExchangeExtension().isRedeliveryExhausted();
    }

    /** A step that has called back already has ended; what it throws after that is nobody's. */
    private boolean thrown(Throwable failure) {
      if (over) {
        LOG.error("a step failed after its end: {}", step, failure);
        return endedSync;
      }
      over = true;
      exchange.setException(failure);
      hand();
      return false;
    }
  }
}
