package org.cistern.camel.flow;

import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultModelReifierFactory;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.processor.errorhandler.RedeliveryErrorHandler;
import org.jspecify.annotations.Nullable;

/** Makes the error handlers of steps, each of them on standby. */
public final class StandbyErrorHandlers extends DefaultModelReifierFactory {

  private StandbyErrorHandlers() {}

  /** Has a context, which has no routes yet, make its error handlers so. */
  public static void install(CamelContext context) {
    ((ModelCamelContext) context).setModelReifierFactory(new StandbyErrorHandlers());
  }

  @Override
  public Processor createErrorHandler(
      Route route, ErrorHandlerFactory factory, @Nullable Processor step) throws Exception {
    Processor made = super.createErrorHandler(route, factory, step);
    return step != null && made instanceof RedeliveryErrorHandler handler
        ? new Standby(handler)
        : made;
  }
}
