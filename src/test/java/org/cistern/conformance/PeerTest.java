package org.cistern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Proves the runner right: a well-known proxy gets from it what the suite's own engine gave it. The
 * proxy runs beforehand, in front of the origin's port, 18000 unless told otherwise:
 *
 * <pre>
 * ./mvnw test -Dtest=PeerTest -Dcistern.peer=localhost:8081 -Dcistern.peer.name="nginx 1.22.1"
 * </pre>
 */
@EnabledIfSystemProperty(named = "cistern.peer", matches = ".+:\\d+")
class PeerTest {

  private static final String PROXY = System.getProperty("cistern.peer", "localhost:8081");
  private static final String NAME = System.getProperty("cistern.peer.name", "nginx 1.22.1");
  private static final int ORIGIN = Integer.getInteger("cistern.peer.origin", 18000);

  @Test
  void thePeerGetsWhatTheSuiteGaveIt() {
    Suite suite = Suite.ofProperty();
    JsonObject published = suite.peers().getJsonObject(NAME);
    String[] address = PROXY.split(":");
    Map<String, String> differing = new TreeMap<>();
    try (ScriptedOrigin origin = new ScriptedOrigin(ORIGIN)) {
      InetSocketAddress proxy = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
      for (Result result : new Runner(proxy).run(suite.all()).values()) {
        String id = result.of().id();
        if (!result.word().equals(published.getString(id))) {
          differing.put(id, result.word() + ", not " + published.getString(id) + result.why());
        }
      }
    }
    assertThat(differing).isEmpty();
  }
}
