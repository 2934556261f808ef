package org.cistern.routes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The tiles of our steps for editors. */
class KameletsTest {

  private static final Path KAMELETS = Path.of("routes", "kamelets");

  @Test
  void aRouteMadeOfTilesCachesAsTheShippedOne(@TempDir Path folder) {
    RouteFolder routes = RouteFolder.copyIn(folder);
    for (String step : List.of("match", "l1", "l2", "l3", "fetch", "respond")) {
      routes.replace("api", "uri: cistern:" + step, "uri: kamelet:cistern-" + step + "-action");
    }
    routes.replace("upstream", "uri: cistern:forward", "uri: kamelet:cistern-forward-action");
    routes.replace("upstream", "uri: cistern:stale", "uri: kamelet:cistern-stale-action");
    try (RecordingUpstream origin = RecordingUpstream.cacheable();
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url()).start()) {
      HttpResponse<String> first = gateway.get("/a");
      assertThat(GatewayUnderTest.status(first)).contains("fwd=uri-miss", "stored");
      assertThat(first.body()).isEqualTo("origin: GET /a HTTP/1.1");
      assertThat(first.headers().map()).containsKey("x-origin").doesNotContainKey("user-agent");
      assertThat(GatewayUnderTest.status(gateway.get("/a"))).contains("hit", "l1 ");
      assertThat(origin.asked()).isEqualTo(1);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyTileAndEveryPropertyOfItHasWords() throws IOException {
    try (Stream<Path> files = Files.list(KAMELETS)) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.toString(), () -> hasWords(file)));
    }
  }

  private static void hasWords(Path file) throws IOException {
    Load load = new Load(LoadSettings.builder().build());
    Map<?, ?> kamelet = (Map<?, ?>) requireNonNull(load.loadFromString(Files.readString(file)));
    Map<?, ?> metadata = (Map<?, ?>) requireNonNull(kamelet.get("metadata"));
    Map<?, ?> spec = (Map<?, ?>) requireNonNull(kamelet.get("spec"));
    Map<?, ?> form = (Map<?, ?>) requireNonNull(spec.get("definition"));

    assertThat(String.valueOf(file.getFileName()))
        .isEqualTo(metadata.get("name") + ".kamelet.yaml");
    assertThat(form.get("title")).isNotNull();
    assertThat(form.get("description")).isNotNull();
    if (form.get("properties") instanceof Map<?, ?> properties) {
      assertThat(properties.values())
          .allSatisfy(
              property ->
                  assertThat(
                          ((Map<?, ?>) requireNonNull(property))
                              .keySet().stream().map(String::valueOf))
                      .contains("title", "description", "type"));
    }
  }
}
