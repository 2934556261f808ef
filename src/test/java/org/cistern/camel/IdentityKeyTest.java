package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;

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
                  + " has "
                  + length
                  + " bytes in place of 32 and is replaced: what was kept for single users is found"
                  + " no more");
    }
  }
}
