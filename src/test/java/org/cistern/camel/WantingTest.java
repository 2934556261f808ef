package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.cistern.camel.settings.SettingsLoader;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.load.RuleLoader;
import org.junit.jupiter.api.Test;

/** What a start says of rules that want what this version does not give. */
class WantingTest {

  private static List<String> wanting(String fields) {
    String rules = "rules: [{id: a, path_pattern: /a, cache_ttl: 1m, " + fields + "}]";
    return RuleLoader.file("rules.yaml", rules, Set.of("primary")).book().rules().stream()
        .map(PlacedRule::rule)
        .flatMap(rule -> Wanting.of(rule, SettingsLoader.load(Map.of(), new Properties())).stream())
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
}
