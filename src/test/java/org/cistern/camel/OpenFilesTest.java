package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.cistern.camel.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More connections than the system lets the process have are said at the start. */
class OpenFilesTest {

  @TempDir Path folder;

  @Test
  void moreConnectionsThanFilesAreSaid() throws IOException {
    assertThat(
            warnings("Max open files            1024                 4096                 files"))
        .containsExactly(
            "cistern.max-connections is '5000', but this process may have 1024 files open"
                + " (ulimit -n)");
  }

  @Test
  void enoughFilesOrALimitThatIsNotKnownAreNot() throws IOException {
    assertThat(warnings("Max open files            5000      5000     files")).isEmpty();
    assertThat(warnings("Max open files            unlimited unlimited files")).isEmpty();
    assertThat(warnings("")).isEmpty();
    assertThat(warnings(folder.resolve("none"))).isEmpty();
  }

  private List<String> warnings(String line) throws IOException {
    String all = "Limit  Soft Limit  Hard Limit  Units\n" + line + "\nMax nice priority 0 0\n";
    return warnings(Files.writeString(folder.resolve("limits"), all));
  }

  private static List<String> warnings(Path limits) {
    Map<String, String> environment = Map.of("CISTERN_MAX_CONNECTIONS", "5000");
    return OpenFiles.warnings(SettingsLoader.load(environment, new Properties()), limits);
  }
}
