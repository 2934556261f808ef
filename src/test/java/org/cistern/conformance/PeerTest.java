package org.cistern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Proves the runner right: a well-known proxy gets from it what the suite's own engine gave it. The
 * proxy runs beforehand, in front of the origin's port, 18000 unless told otherwise; CONTRIBUTING
 * has the commands for nginx.
 */
@EnabledIfSystemProperty(named = "cistern.peer", matches = ".+:\\d+")
class PeerTest {

  private static final String PROXY = System.getProperty("cistern.peer", "localhost:8081");
  private static final String NAME = System.getProperty("cistern.peer.name", "nginx 1.22.1");
  private static final int ORIGIN = Integer.getInteger("cistern.peer.origin", 18000);

  /**
   * Where we differ on purpose or without harm. The suite's engine asks whether a field is missing
   * in a way that always holds where the case gives a value, so it sees no leak of the first ones;
   * ours does. The last is a check that no published cache passes: a tag beyond ASCII, which the
   * engine's client does not send back as it came.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "headers-store-Proxy-Authenticate",
          "headers-store-Proxy-Authentication-Info",
          "headers-store-Proxy-Connection",
          "headers-store-Upgrade",
          "conditional-etag-strong-respond-obs-text");

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
        String theirs = published.getString(id);
        if (!KNOWN.contains(id) && !result.word().equals(theirs)) {
          differing.put(id, result.word() + " and not " + theirs + ": " + result.why());
        }
      }
    }
    assertThat(differing).isEmpty();
  }
}
