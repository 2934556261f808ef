package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsLoader;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.load.RuleLoader;
import org.junit.jupiter.api.Test;

/** What a start says of rules that want what this version does not give. */
class WantingTest {

  private static List<String> wanting(String fields) {
    return wanting(fields, Map.of());
  }

  private static List<String> wanting(String fields, Map<String, String> environment) {
    Settings settings = SettingsLoader.load(environment, new Properties());
    String rules = "rules: [{id: a, path_pattern: /a, cache_ttl: 1m, " + fields + "}]";
    return RuleLoader.file("rules.yaml", rules, Set.of("primary")).book().rules().stream()
        .map(PlacedRule::rule)
        .flatMap(rule -> Wanting.of(rule, settings).stream())
        .toList();
  }

  @Test
  void aWarmupAndTagsAreToldToHaveNoEffectYet() {
    assertThat(wanting("warmup: {urls: [/a]}"))
        .containsExactly("rule 'a' has a warmup, and this version keeps nothing warm yet");
    assertThat(wanting("tags: [t]"))
        .containsExactly("rule 'a' has tags, and this version cannot be told to purge by them yet");
    assertThat(wanting("tags_from: {header: Tags}")).hasSize(1);
    assertThat(wanting("compress: false")).isEmpty();
  }

  @Test
  void aStatusThatIsNeverKeptIsNamed() {
    assertThat(wanting("status_codes: [200, 407]"))
        .containsExactly(
            "rule 'a' lists status 407, which answers one request alone: it is never kept");
    assertThat(wanting("status_codes: [200, 404, 503]")).isEmpty();
  }

  @Test
  void aHeaderThatNobodyVouchesForIsNamed() {
    String rule = "user_specific: true, identity: ['header:X-User', 'header:authorization']";

    assertThat(wanting(rule))
        .containsExactly(
            "rule 'a' knows users by the header X-User, and cistern.trusted-proxies is not set:"
                + " nobody's is believed");
    assertThat(wanting(rule, Map.of("CISTERN_TRUSTED_PROXIES", "10.0.0.0/8"))).isEmpty();
    assertThat(wanting("user_specific: true")).isEmpty();
  }
}
