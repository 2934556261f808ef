package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cistern.camel.settings.SettingsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the folder of the routes, or in its place, and is not what it seems. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
class RouteFolderTest {

  @TempDir Path parent;
  private Path routes;

  @BeforeEach
  void name() {
    routes = parent.resolve("routes");
  }

  @Test
  void filesThatLookLikeRoutesAndAreNotLoadedAreNamed() throws IOException {
    List.of("b.camel.yml", "c.yaml", "v2/d.camel.yaml", "e.yml").forEach(this::write);
    Files.createSymbolicLink(routes.resolve("f.camel.yaml"), routes.resolve("gone"));

    assertThat(warnings())
        .satisfiesExactly(
            one -> assertThat(one).startsWith(routes + "/b.camel.yml is not loaded; "),
            one -> assertThat(one).startsWith(routes + "/c.yaml is not loaded; "),
            one -> assertThat(one).startsWith(routes + "/e.yml is not loaded; "),
            one -> assertThat(one).isEqualTo(routes + "/f.camel.yaml is a link to nothing"),
            one -> assertThat(one).startsWith(routes + "/v2/d.camel.yaml is not loaded; "));
  }

  /** A mounted volume of Kubernetes has its files in a hidden folder, and links to them. */
  @Test
  void whatIsLoadedOrKnownIsNotNamed() throws IOException {
    List.of(
            "a.camel.yaml",
            "cache-rules.yaml",
            "README.md",
            "examples/x.camel.yaml",
            "kamelets/y.kamelet.yaml",
            "..2026/z.camel.yaml")
        .forEach(this::write);
    Files.createSymbolicLink(routes.resolve("z.camel.yaml"), Path.of("..2026/z.camel.yaml"));

    assertThat(warnings()).isEmpty();
    assertThat(new RouteFolder(parent.resolve("none")).warnings("rules.yaml")).isEmpty();
  }

  @Test
  void theRuleFileIsKnownByWhateverPath() throws IOException {
    write("cache-rules.yaml");
    Path link = Files.createSymbolicLink(parent.resolve("link"), routes);
    String relative = Path.of("").toAbsolutePath().relativize(routes) + "/cache-rules.yaml";

    for (String rules :
        List.of(relative, link + "/cache-rules.yaml", routes + "/./cache-rules.yaml")) {
      assertThat(new RouteFolder(routes).warnings(rules)).as(rules).isEmpty();
    }
  }

  @Test
  void aWarningNamesTheFolderThatIsMeant() {
    write("b.camel.yml");

    assertThat(warnings().get(0))
        .endsWith("in " + routes + "/*.camel.yaml, kamelets in " + routes + "/kamelets");
  }

  @Test
  void aFileOrALinkToNothingInPlaceOfTheFolderIsRefused() throws IOException {
    Files.createFile(routes);
    assertRefused("it is a file");
    Files.delete(routes);
    Files.createSymbolicLink(routes, parent.resolve("gone"));
    assertRefused("it is a link to nothing");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> new RouteFolder(routes).pattern())
        .isInstanceOf(SettingsException.class)
        .hasMessage(routes + "/ cannot be read: " + why);
  }

  private List<String> warnings() {
    return new RouteFolder(routes).warnings(routes.resolve("cache-rules.yaml").toString());
  }

  private void write(String name) {
    try {
      Path file = routes.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
