package org.cistern.camel.flow;

import io.netty.util.concurrent.FastThreadLocal;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The executor of the parts of routes: one after the other, on the thread that they come on, in the
 * order of Camel's own, but with no volatile field and no queue per part. The one difference: what
 * is scheduled after a part that ran at once ({@link #scheduleSync}) waits for its turn, where
 * Camel's runs it on the spot.
 */
public final class FlowExecutor extends ServiceSupport implements ReactiveExecutor {

  private final FastThreadLocal<Flows> own =
      new FastThreadLocal<>() {
        @Override
        protected Flows initialValue() {
          return new Flows();
        }
      };

  FlowExecutor() {}

  /** Has a context, which has no routes yet, run its routes so. */
  public static void install(CamelContext context) {
    context.getCamelContextExtension().setReactiveExecutor(new FlowExecutor());
  }

  @Override
  public void schedule(Runnable part) {
    Flows flows = own.get();
    flows.add(part);
    flows.runAll();
  }

  @Override
  public void scheduleMain(Runnable part) {
    Flows flows = own.get();
    flows.begin();
    flows.add(part);
    flows.runAll();
  }

  @Override
  public void scheduleSync(Runnable part) {
    Flows flows = own.get();
    flows.begin();
    flows.add(part);
    flows.runAllNow();
  }

  @Override
  public void scheduleQueue(Runnable part) {
    own.get().add(part);
  }

  @Override
  public boolean executeFromQueue() {
    return own.get().runOne();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return false;
  }

  @Override
  protected void doShutdown() {
    own.remove();
  }

  @Override
  public String toString() {
    return "one array per thread";
  }

  /** There are none: they would be counted for every part of every request. */
  @Override
  public void setStatisticsEnabled(boolean enabled) {}
}
