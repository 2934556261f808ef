package org.cistern.camel.component;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.cistern.camel.service.Services;
import org.jspecify.annotations.Nullable;

/** The steps of the request path. */
@Component("cistern")
public class CisternComponent extends DefaultComponent {

  private @Nullable Services services;

  /** Returns what the steps work with. */
  Services services() {
    Services known = services;
    if (known == null) {
      known = getCamelContext().getRegistry().findSingleByType(Services.class);
      services = known;
    }
    if (known == null) {
      throw new IllegalStateException(
          "cistern steps need a running gateway; this Camel context has none");
    }
    return known;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    CisternEndpoint endpoint = new CisternEndpoint(uri, this);
    endpoint.setStep(StepName.of(remaining));
    setProperties(endpoint, parameters);
    if (endpoint.getStep() == StepName.forward) {
      ForwardStep.check(services().upstreams(), endpoint.getUpstream());
    }
    return endpoint;
  }
}
