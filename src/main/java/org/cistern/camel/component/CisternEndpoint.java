package org.cistern.camel.component;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.cistern.camel.fetch.ask.OriginRoute;
import org.cistern.camel.service.Services;

/** Steps of the request path of the Cistern caching gateway. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "cistern",
    title = "Cistern",
    syntax = "cistern:step",
    producerOnly = true,
    remote = false,
    category = {Category.CACHE, Category.HTTP})
public class CisternEndpoint extends DefaultEndpoint {

  @UriPath(description = "The step of the request path")
  @Metadata(required = true)
  private StepName step = StepName.match;

  @UriParam(
      defaultValue = "direct:upstream",
      description = "For fetch: the endpoint of the route that asks the upstream")
  private String from = "direct:upstream";

  @UriParam(
      defaultValue = "primary",
      description =
          "For forward: the upstream by its name; primary for that of the rule, fallback for the one that stands in for it")
  private String upstream = "primary";

  CisternEndpoint(String uri, Component component) {
    super(uri, component);
  }

  @Override
  public Producer createProducer() throws Exception {
    Services services = ((CisternComponent) getComponent()).services();
    return switch (step) {
      case match -> new MatchStep(this, services);
      case l1 -> new MemoryStep(this, services);
      case l2 -> new RedisStep(this);
      case l3 -> new DiskStep(this, services);
      case fetch -> new FetchStep(this, services, route(services));
      case respond -> new RespondStep(this, services);
      case forward -> new ForwardStep(this, services, upstream);
      case stale -> new StaleStep(this);
      case body -> new BodyStep(this, services);
      case worker -> new WorkerStep(this, services);
    };
  }

  private OriginRoute route(Services services) throws Exception {
    Endpoint endpoint = getCamelContext().getEndpoint(from);
    return new OriginRoute(endpoint, endpoint.createAsyncProducer(), services.clock());
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new IllegalArgumentException("cistern:" + step + " is a step; no route starts from it");
  }

  /** Returns the step. */
  public StepName getStep() {
    return step;
  }

  /** Sets the step of the request path. */
  public void setStep(StepName step) {
    this.step = step;
  }

  /** Returns the endpoint of the route that asks the upstream. */
  public String getFrom() {
    return from;
  }

  /** Sets the endpoint of the route that asks the upstream. */
  public void setFrom(String from) {
    this.from = from;
  }

  /** Returns the upstream. */
  public String getUpstream() {
    return upstream;
  }

  /** Sets the upstream. */
  public void setUpstream(String upstream) {
    this.upstream = upstream;
  }
}
