package org.cistern.upstream.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.UpstreamOptions.ActiveCheck;
import org.cistern.upstream.options.UpstreamOptions.Ejection;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);
  private static final Instance NAMED = new Instance(false, "api", 80, "");
  private static final Instance OTHER = new Instance(false, "10.0.0.9", 80, "");

  private final Endpoints endpoints =
      new Endpoints(
          List.of(NAMED, OTHER),
          (instance, address) -> new InstanceHealth(Ejection.defaults(), phase -> {}));

  @Test
  void addressesThatStayKeepTheirHealthAndTheOthersGo() {
    endpoints.resolved(NAMED, List.of("10.0.0.1", "10.0.0.2"));
    Endpoint kept = find("10.0.0.2");
    endpoints.resolved(NAMED, List.of("10.0.0.3", "10.0.0.2", "10.0.0.3"));

    assertThat(addresses()).containsExactlyInAnyOrder("10.0.0.9", "10.0.0.3", "10.0.0.2");
    assertThat(find("10.0.0.2")).isSameAs(kept);
  }

  @Test
  void severalAddressesAreAskedInTurn() {
    endpoints.resolved(NAMED, List.of("10.0.0.1", "10.0.0.2"));

    assertThat(Stream.generate(() -> choose(List.of()).address()).limit(3).toList())
        .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2", "10.0.0.9");
  }

  @Test
  void theTriedAndTheEjectedComeLastButAreAskedWhereNothingElseIsLeft() {
    endpoints.resolved(NAMED, List.of("10.0.0.1"));
    List<Endpoint> tried = new ArrayList<>();
    eject(find("10.0.0.1"));

    tried.add(choose(tried));
    assertThat(tried.get(0).address()).isEqualTo("10.0.0.9");
    tried.add(choose(tried));
    assertThat(tried.get(1).address()).isEqualTo("10.0.0.1");
    assertThat(choose(tried)).isIn(tried);
  }

  @Test
  void whatTheActiveCheckTookOutIsNeverAsked() {
    ActiveCheck check = new ActiveCheck("/", java.time.Duration.ofSeconds(1), 200, 299, 1, 1);
    endpoints.all().forEach(endpoint -> endpoint.health().checked(false, check));

    assertThat(endpoints.choose(List.of(), CLOCK)).isNull();
  }

  private Endpoint choose(List<Endpoint> tried) {
    return Objects.requireNonNull(endpoints.choose(tried, CLOCK));
  }

  private static void eject(Endpoint endpoint) {
    for (int i = 0; i < Ejection.defaults().failures(); i++) {
      endpoint.health().failed(NOON);
    }
  }

  private Endpoint find(String address) {
    return endpoints.all().stream()
        .filter(endpoint -> endpoint.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private List<String> addresses() {
    return endpoints.all().stream().map(Endpoint::address).toList();
  }
}
