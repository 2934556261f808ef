package org.cistern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway as shipped under the public test suite for HTTP caches, its rules with {@code
 * set_cookie: store} in the last one. Required cases have to pass; of the optimal ones, as many as
 * the bar says.
 */
class ConformanceTest {

  private static final int OPTIMAL_BAR = 63;
  private static final Path KEPT = Path.of("target", "conformance.txt");

  @TempDir Path folder;

  @TestFactory
  List<DynamicNode> theSuite() throws IOException {
    Suite suite = Suite.ofProperty();
    assumeTrue(
        suite.isThere(),
        () -> "no conformance cases at " + suite.cases() + "; -Dcistern.conformance names them");
    Map<String, Result> results = run(suite.all());
    Score score = new Score(results.values(), suite.peers());
    Files.createDirectories(KEPT.getParent());
    Files.writeString(KEPT, score.table());
    System.out.println(score.table());
    List<DynamicNode> nodes = new ArrayList<>(groups(results));
    nodes.add(
        dynamicTest(
            "at least " + OPTIMAL_BAR + " optimal cases pass",
            () -> assertThat(score.passed(Case.Kind.OPTIMAL)).isGreaterThanOrEqualTo(OPTIMAL_BAR)));
    return nodes;
  }

  private Map<String, Result> run(List<Case> cases) throws IOException {
    String rules = Files.readString(Path.of("routes/cache-rules.yaml"));
    try (ScriptedOrigin origin = new ScriptedOrigin(0);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .rules(rules.stripTrailing() + "\n    set_cookie: store\n")
                .upstream("http://127.0.0.1:" + origin.port())
                .start()) {
      return new Runner(new InetSocketAddress("127.0.0.1", gateway.port())).run(cases);
    }
  }

  private static List<DynamicNode> groups(Map<String, Result> results) {
    Map<String, List<DynamicNode>> groups = new LinkedHashMap<>();
    for (Result result : results.values()) {
      groups
          .computeIfAbsent(result.of().group(), group -> new ArrayList<>())
          .add(dynamicTest(result.of().id() + ": " + result.of().name(), () -> hold(result)));
    }
    List<DynamicNode> nodes = new ArrayList<>();
    groups.forEach((group, tests) -> nodes.add(dynamicContainer(group, tests)));
    return nodes;
  }

  private static void hold(Result result) {
    boolean required = result.of().kind() == Case.Kind.REQUIRED;
    if (required) {
      assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.PASS);
    } else {
      assumeTrue(result.passed(), () -> result.word() + ": " + result.why());
    }
  }
}
