package org.cistern.camel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.spi.Resource;
import org.cistern.camel.guard.HollowSteps;
import org.cistern.tier.IoWords;
import org.jspecify.annotations.Nullable;

/**
 * The loader of routes in YAML. Camel reads each file twice, first for the beans and pipes that
 * other files and settings may name; a file without such is spared the first reading.
 */
final class RouteLoader extends YamlRoutesBuilderLoader {

  /** The keys that the first reading looks for; the version of a kind stands before each pipe. */
  private static final String BEANS = "beans";

  private static final String KIND = "apiVersion";

  private final Map<String, String> texts = new ConcurrentSkipListMap<>();

  private RouteLoader() {}

  /** Makes a context read its routes so. */
  static RouteLoader install(CamelContext context) {
    RouteLoader loader = new RouteLoader();
    loader.setCamelContext(context);
    context.getRegistry().bind("cisternRouteLoader", loader);
    return loader;
  }

  /** Returns what is wrong with a file where Camel fails without a word of its own, or null. */
  @Nullable String mistake(Throwable failure) {
    return HollowSteps.mayCause(failure) ? hollow() : null;
  }

  private @Nullable String hollow() {
    return texts.entrySet().stream()
        .flatMap(file -> Stream.ofNullable(hollow(file.getKey(), file.getValue())))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String hollow(String file, String text) {
    String hollow = HollowSteps.find(text);
    return hollow == null ? null : "routes: " + file + ", " + hollow;
  }

  @Override
  public void preParseRoute(Resource file) throws Exception {
    String text = text(file);
    if (text.isBlank()) {
      throw refused(file, new IOException("it is empty; allowed is a file with a route"));
    }
    texts.put(file.getLocation(), text);
    if (text.contains(BEANS) || text.contains(KIND)) {
      readBeans(file);
    }
  }

  private void readBeans(Resource file) throws Exception {
    try {
      super.preParseRoute(file);
    } catch (LinkageError e) {
      throw refused(file, e);
    }
  }

  /** In Camel's own words, which name the file of an exception alone. */
  private static IllegalStateException refused(Resource file, Throwable why) {
    return new IllegalStateException("Error pre-parsing resource: " + file.getLocation(), why);
  }

  private static String text(Resource file) {
    try (InputStream content = file.getInputStream()) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw refused(file, new IOException("it cannot be read: " + IoWords.of(e)));
    }
  }
}
