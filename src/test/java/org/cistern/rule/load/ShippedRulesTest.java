package org.cistern.rule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.cistern.rule.Asked;
import org.cistern.rule.Rule;
import org.cistern.rule.Strategy;
import org.cistern.rule.match.RuleBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedRulesTest {

  private static final Loaded SHIPPED = shipped();

  private static Loaded shipped() {
    try {
      String text = Files.readString(Path.of("routes/cache-rules.yaml"));
      return RuleLoader.file("cache-rules.yaml", text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void nothingIsToBeSaidOfThem() {
    assertThat(SHIPPED.remarks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/models, 30, false",
    "/api/v1/config/ui/theme, 60, false",
    "/api/v1/health, 1, false",
    "/api/v1/stats/usage, 5, false",
    "/api/v1/monitoring/cpu, 5, false",
    "/api/v1/sessions, 2, true",
    "/api/v1/organizations, 15, true",
    "/api/v1/organizations/7/members, 15, true",
  })
  void thePresetsHold(String path, long minutes, boolean perUser) {
    Rule rule = match(path);
    assertThat(rule.life().ttl()).isEqualTo(Duration.ofMinutes(minutes));
    assertThat(rule.life().overrideOrigin()).isFalse();
    assertThat(rule.key().perUser()).isEqualTo(perUser);
    assertThat(rule.keep().strategy()).isEqualTo(Strategy.MULTI_LEVEL);
  }

  @ParameterizedTest
  @CsvSource({"/", "/api/v1/models/1", "/me/x.css"})
  void everythingElseFollowsItsOrigin(String path) {
    assertThat(match(path).id()).isEqualTo("default");
    assertThat(match(path).life().ttl()).isNull();
  }

  private static Rule match(String path) {
    RuleBook book = SHIPPED.book();
    return Objects.requireNonNull(book.match(Asked.get(path)));
  }
}
