package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of routes, before and when their routes are read. */
class RouteLoaderTest {

  private static final String BEANS = "- beans:\n    - {name: list, type: java.util.ArrayList}\n";
  private static final String ROUTE =
      "- route: {id: plain, from: {uri: 'direct:plain', steps: [{log: hello}]}}\n";

  @AutoClose private final DefaultCamelContext context = new DefaultCamelContext();

  @BeforeEach
  void install() {
    RouteLoader.install(context);
  }

  @Test
  void theBeansOfAFileAreThereBeforeItsRoutesAreRead() throws Exception {
    loader().preParseRoute(ResourceHelper.fromString("beans.camel.yaml", BEANS), false);

    assertThat(context.getRegistry().lookupByName("list")).isInstanceOf(List.class);
  }

  @Test
  void aFileOfRoutesAloneIsParsedOnlyWhenItsRoutesAreRead() throws Exception {
    Resource wrong = ResourceHelper.fromString("wrong.camel.yaml", "- {a: [");

    loader().preParseRoute(wrong, false);

    assertThatThrownBy(() -> loader().loadRoutes(wrong))
        .hasStackTraceContaining("wrong.camel.yaml");
  }

  @Test
  void theRoutesOfAFileAreAdded() throws Exception {
    loader().loadRoutes(ResourceHelper.fromString("plain.camel.yaml", ROUTE));

    assertThat(context.getRoutes()).isEmpty();
    context.start();
    assertThat(context.getRoute("plain")).isNotNull();
  }

  private RoutesLoader loader() {
    return PluginHelper.getRoutesLoader(context);
  }
}
