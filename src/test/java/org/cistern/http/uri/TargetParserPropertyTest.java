package org.cistern.http.uri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TargetParserPropertyTest {

  private static final String HOST = "example.org";
  private static final List<String> PIECES =
      List.of(
          "", "a", "A", "%41", "%61", "/", "%2F", "%2f", ".", "%2e", "..", ";", "%3b", "?", "&",
          "=", "%3D", "%25", "25", "41", "%", "\\", "%5C", "%00", " ", "#", "\u00e9", "%E9", "%e9",
          "{", "%7B", "+", "%20", "*", "~", "%7e", "\u2028");

  private static TargetOutcome parse(String raw) {
    return TargetParser.parse("GET", "http", HOST, raw);
  }

  @Property
  void noTextMakesTheParserThrow(
      @ForAll String method, @ForAll String scheme, @ForAll String host, @ForAll String raw) {
    assertThat(TargetParser.parse(method, "http", host, raw)).isNotNull();
    assertThat(TargetParser.parse(method, scheme, host, "/" + raw)).isNotNull();
    assertThat(TargetParser.parse(method, "http", HOST, "http://" + raw)).isNotNull();
  }

  @Property
  void whatWasNormalisedStaysAsItIs(@ForAll("hosts") String host, @ForAll("paths") String raw) {
    if (TargetParser.parse("GET", "http", host, raw) instanceof Target once) {
      TargetOutcome twice =
          TargetParser.parse("GET", once.scheme(), once.host(), once.pathAndQuery());
      assertThat(twice).isEqualTo(once);
      assertThat(((Target) twice).path()).isEqualTo(once.path());
      assertThat(TargetParser.parse("GET", "http", "x", once.uri())).isEqualTo(once);
    }
  }

  @Property
  void anAcceptedPathIsSafeToWriteAndHasNoDotSegment(@ForAll("paths") String raw) {
    if (parse(raw) instanceof Target target) {
      assertThat(target.pathAndQuery()).matches("[!-~]+").doesNotContain("#");
      assertThat(target.path()).doesNotContain("\\", "%5C");
      for (String segment : target.path().split("/|%2F", -1)) {
        assertThat(segment.split(";|%3B", -1)[0]).isNotIn(".", "..");
      }
    }
  }

  @Test
  void ofAllShortTargetsThoseAndOnlyThoseThatMeanTheSameBecomeOne() {
    Map<Target, List<String>> meanings = new HashMap<>();
    Map<List<String>, Target> targets = new HashMap<>();
    for (String raw : shortTargets()) {
      if (parse(raw) instanceof Target target) {
        List<String> meaning = meaning(raw);
        assertThat(meanings.computeIfAbsent(target, t -> meaning)).as(raw).isEqualTo(meaning);
        assertThat(targets.computeIfAbsent(meaning, m -> target)).as(raw).isEqualTo(target);
      }
    }
    assertThat(meanings).hasSizeGreaterThan(1000);
  }

  private static List<String> shortTargets() {
    List<String> targets = new ArrayList<>();
    for (String one : PIECES) {
      for (String two : PIECES) {
        PIECES.forEach(three -> targets.add("/" + one + two + three));
      }
    }
    return targets;
  }

  @Property
  void changingOnePieceChangesTheTargetExactlyWhereItChangesTheMeaning(
      @ForAll("pieces") List<String> pieces,
      @ForAll @IntRange(max = 7) int at,
      @ForAll("piece") String other) {
    List<String> changed = new ArrayList<>(pieces);
    changed.set(at % pieces.size(), other);
    String one = "/" + String.join("", pieces);
    String two = "/" + String.join("", changed);
    if (parse(one) instanceof Target first && parse(two) instanceof Target second) {
      assertThat(first.equals(second)).isEqualTo(meaning(one).equals(meaning(two)));
    }
  }

  // A second opinion, written otherwise: every character becomes a letter of its own for "this byte
  // as data" or "this byte as a delimiter", so that equal lists are the same resource.
  private static List<String> meaning(String raw) {
    List<String> letters = new ArrayList<>();
    int mark = raw.indexOf('?');
    String path = mark < 0 ? raw : raw.substring(0, mark);
    for (int i = 0; i < path.length(); i++) {
      boolean escaped = path.charAt(i) == '%';
      int octet = escaped ? Integer.parseInt(path.substring(i + 1, i + 3), 16) : path.charAt(i);
      boolean delimiter = !escaped && "/:@!$&'()*+,;=".indexOf(octet) >= 0;
      letters.add((delimiter ? "delimiter " : "data ") + octet);
      i += escaped ? 2 : 0;
    }
    letters.add(mark < 0 ? "no query" : "query " + raw.substring(mark).replace("\u00e9", "%E9"));
    return letters;
  }

  @Provide
  Arbitrary<String> piece() {
    return Arbitraries.of(PIECES);
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return piece().list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> paths() {
    return pieces().map(list -> "/" + String.join("", list));
  }

  @Provide
  Arbitrary<String> hosts() {
    Arbitrary<String> pieces =
        Arbitraries.of("a", "B", ".", "-", "_", ":", "80", "0", "443", "[::1]", "[1::A]", "@", "%");
    return pieces.list().ofMinSize(1).ofMaxSize(5).map(list -> String.join("", list));
  }
}
