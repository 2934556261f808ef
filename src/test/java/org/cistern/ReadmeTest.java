package org.cistern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cistern.camel.settings.Manual;
import org.cistern.rule.load.Vocabulary;
import org.junit.jupiter.api.Test;

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

  @Test
  void theTableOfSettingsIsTheListOfSettings() throws IOException {
    assertThat(Files.readString(README)).contains(Manual.table().strip());
  }

  @Test
  void theFileOfSettingsHasEverySettingCommentedOutWithItsDefault() throws IOException {
    assertThat(Files.readString(PROPERTIES)).isEqualTo(Manual.file());
  }
}
