package org.cistern.camel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What application.properties may begin with, and what it may hold. */
class PropertiesFileTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("application.properties");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
    Files.writeString(file, "\uFEFFcistern.port=1\ncistern.host=ä\n");

    assertThat(PropertiesFile.read(file))
        .containsOnlyKeys("cistern.port", "cistern.host")
        .containsEntry("cistern.host", "ä");
  }

  @Test
  void aFileWithoutOneIsReadFromItsFirstCharacter() throws IOException {
    Files.writeString(file, "a=1");
    assertThat(PropertiesFile.read(file)).containsOnlyKeys("a");
    Files.writeString(file, "");
    assertThat(PropertiesFile.read(file)).isEmpty();
  }

  @Test
  void aFileThatIsNotThereHoldsNothing() {
    assertThat(PropertiesFile.read(file)).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
  void aLinkToNothingIsRefused() throws IOException {
    Files.createSymbolicLink(file, folder.resolve("gone"));

    assertThatThrownBy(() -> PropertiesFile.read(file))
        .hasMessage(
            file
                + " cannot be read: it is a link to nothing;"
                + " allowed is a file of properties in UTF-8");
  }

  @Test
  void whatIsNoUtf8IsRefused() throws IOException {
    Files.write(file, "a=ä".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> PropertiesFile.read(file))
        .hasMessage(file + " cannot be read; allowed is a file of properties in UTF-8");
  }
}
