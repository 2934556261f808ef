package org.cistern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.cistern.camel.component.StepName;
import org.cistern.camel.settings.Manual;
import org.cistern.monitor.MeterNames;
import org.cistern.rule.load.Vocabulary;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What README and application.properties say of rules and settings is what the code says; {@code
 * main} writes them anew.
 */
class ReadmeTest {

  private static final Path README = Path.of("README.md");

  private static final Path PROPERTIES = Path.of("application.properties");

  /** Writes the tables into README. */
  public static void main(String[] args) throws IOException {
    String text = Files.readString(README);
    text = between(text, "rules", Vocabulary.table());
    Files.writeString(README, between(text, "settings", Manual.table()));
    Files.writeString(PROPERTIES, Manual.file());
  }

  private static String between(String text, String what, String table) {
    String begin = "<!-- " + what + ": made from the code, checked by a test -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end of " + what + " -->");
    return text.substring(0, from) + table.strip() + "\n" + text.substring(to);
  }

  @Test
  void theTableOfRulesIsTheVocabulary() throws IOException {
    assertThat(Files.readString(README)).contains(Vocabulary.table().strip());
  }

  @ParameterizedTest
  @EnumSource
  void everyStepIsInTheListOfSteps(StepName step) throws IOException {
    assertThat(Files.readString(README)).containsPattern("\n\\| .*`cistern:" + step + "`.* \\|");
  }

  @Test
  void whatIsSaidOfUpgradedConnectionsAndNamesIsWhatHolds() throws IOException {
    UpstreamOptions options = UpstreamOptions.defaults();

    assertThat(options.limits().upgraded()).isEqualTo(4096);
    assertThat(options.timeouts().upgraded()).isEqualTo(Duration.ofMinutes(10));
    assertThat(options.resolve()).isEqualTo(Duration.ofSeconds(30));
    assertThat(Files.readString(README)).contains("4,096", "10 minutes", "every 30 seconds");
  }

  @ParameterizedTest
  @MethodSource("meters")
  void everyMetricIsInTheListOfMetrics(String meter) throws IOException {
    String name = meter.replace('.', '_') + "(_total|_seconds)?";
    assertThat(Files.readString(README)).containsPattern("\n\\| `" + name + "` \\|");
  }

  static Stream<String> meters() {
    return Stream.of(MeterNames.class.getFields()).map(ReadmeTest::value);
  }

  private static String value(Field constant) {
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theTableOfSettingsIsTheListOfSettings() throws IOException {
    assertThat(Files.readString(README)).contains(Manual.table().strip());
  }

  @Test
  void theFileOfSettingsHasEverySettingCommentedOutWithItsDefault() throws IOException {
    assertThat(Files.readString(PROPERTIES)).isEqualTo(Manual.file());
  }
}
