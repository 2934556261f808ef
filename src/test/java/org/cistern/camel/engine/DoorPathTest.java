package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths a door takes, and which of two is closer. */
class DoorPathTest {

  @ParameterizedTest
  @CsvSource({
    "/, false, /, true",
    "/, false, /a, false",
    "/, true, *, true",
    "/, true, /a/b, true",
    "/a, false, /a, true",
    "/a, false, /a/, true",
    "/a, false, /a//, false",
    "/a, false, /a/b, false",
    "/a, false, /ab, false",
    "/a, true, /a/, true",
    "/a, true, /a/b, true",
    "/a, true, /ab, false",
    "a, true, /a, true",
    "/a/{x}/c, false, /a/b/c, true",
    "/a/{x}/c, false, /a/b, false",
    "/a/{x}, false, /a, false",
    "/a/{x}, false, /a/, false",
    "/a/{x}, false, /a/b/, true",
    "/a/*, false, /a, true",
    "/a/*, false, /a/, true",
    "/a/*, false, /a/b/c, true",
    "/a/*, false, /ab, false",
    "/*, false, /a/b, true",
    "*, false, /, true",
    "/a/, false, /a/, true",
    "/a/, false, /a, false",
  })
  void aPathIsTakenOrNot(String door, boolean below, String path, boolean taken) {
    assertThat(DoorPath.of(door, below).covers(path)).isEqualTo(taken);
  }

  @Test
  void theCloserOneGoesFirst() {
    List<DoorPath> closest =
        List.of(
            DoorPath.of("/a/b/c", true),
            DoorPath.of("/a/b", false),
            DoorPath.of("/a/b", true),
            DoorPath.of("/a/{x}", false),
            DoorPath.of("/a", true),
            DoorPath.of("/", false),
            DoorPath.of("/", true));

    assertThat(Stream.of(6, 2, 4, 0, 5, 3, 1).map(closest::get).sorted(DoorPath.CLOSEST))
        .containsExactlyElementsOf(closest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a/v{n}", "/a/{id}.json", "/a*", "/*/b", "/{a b}", "/a/:id", "/{x}{y}", "/{}"})
  void aSegmentByWhichNothingWouldEnterIsNamed(String path) {
    assertThat(DoorPath.of(path, false).fault()).isIn((Object[]) path.split("/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/*", "/a/{user_id}/b", "/a/*", "/a:b", "/a/", "a.b"})
  void otherwiseNothingIsWrong(String path) {
    assertThat(DoorPath.of(path, false).fault()).isNull();
  }

  @Test
  void theNameOfASegmentThatMayBeAnythingMakesNoOtherPath() {
    assertThat(DoorPath.of("/a/{x}", false)).isEqualTo(DoorPath.of("/a/{y}", false));
  }
}
