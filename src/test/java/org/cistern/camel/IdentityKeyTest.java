package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cistern.routes.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of the user hashes, as it lies in the storage folder. */
class IdentityKeyTest {

  @TempDir Path folder;

  @Test
  void itIsMadeOnceAndStays() {
    try (Log log = new Log()) {
      byte[] key = IdentityKey.in(folder);

      assertThat(IdentityKey.in(folder)).isEqualTo(key).hasSize(32);
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void oneOfAnotherLengthIsReplacedAndWhatThatMeansIsSaid(int length) throws IOException {
    Path file = Files.write(folder.resolve("identity.key"), new byte[length]);
    try (Log log = new Log()) {
      assertThat(IdentityKey.in(folder)).isEqualTo(Files.readAllBytes(file)).hasSize(32);
      assertThat(log.text().lines())
          .containsExactly(
              file
                  + " had "
                  + length
                  + " bytes in place of 32 and is replaced: what was kept for single users is found"
                  + " no more");
    }
  }

  @Test
  void aFolderInItsPlaceIsNamedAndStays() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("identity.key/inner"));

    assertWarned("is a directory");
    assertThat(inner).exists();
  }

  @Test
  void aLinkToNothingInItsPlaceIsNamedAndStays() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("identity.key"), folder.resolve("secret"));

    assertWarned("it is not there");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void oneThatMayNotBeReadIsNamedAndStays() throws IOException {
    Path file = Files.write(folder.resolve("identity.key"), new byte[32]);
    assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads it");

    assertWarned("permission denied");
    assertThat(file).exists();
  }

  private void assertWarned(String why) {
    try (Log log = new Log()) {
      assertThat(IdentityKey.in(folder)).hasSize(32).isNotEqualTo(IdentityKey.in(folder));
      assertThat(log.text().lines())
          .hasSize(2)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .startsWith(folder.resolve("identity.key") + " cannot be used: " + why + ";")
                      .contains("this run has a key of its own"));
    }
  }
}
