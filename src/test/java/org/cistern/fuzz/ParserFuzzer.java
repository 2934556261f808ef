package org.cistern.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cistern.http.EntityTag;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.http.HttpDate;
import org.cistern.http.KeepAlive;
import org.cistern.http.MediaTypes;
import org.cistern.http.coding.AcceptEncoding;
import org.cistern.http.coding.Coding;
import org.cistern.http.directive.RequestDirectives;
import org.cistern.http.directive.ResponseDirectives;
import org.cistern.http.forwarding.TraceParent;
import org.cistern.http.range.ByteRanges;
import org.cistern.http.range.ContentRange;
import org.cistern.http.structured.StructuredDictionary;
import org.cistern.http.structured.StructuredList;
import org.cistern.http.uri.LaxPath;
import org.cistern.http.uri.Query;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.TargetOutcome;
import org.cistern.http.uri.TargetParser;
import org.cistern.http.uri.UrlVariation;
import org.cistern.rule.Asked;
import org.cistern.rule.Books;
import org.cistern.rule.HostAliases;
import org.cistern.rule.Key;
import org.cistern.rule.Keys;
import org.cistern.rule.Rule;

/**
 * What a fuzzer throws bytes at: the parsers of what comes over the wire. The first byte chooses
 * one. Whatever escapes from it is a finding.
 */
public final class ParserFuzzer {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Keys KEYS = new Keys(HostAliases.none());
  private static final Rule RULE =
      Books.rule("key_strategy: path_params_headers", "vary_on: {headers: [X-A]}");

  private static final List<Consumer<String>> PARSERS =
      List.of(
          ParserFuzzer::directives,
          ParserFuzzer::date,
          ParserFuzzer::tags,
          ParserFuzzer::ranges,
          ParserFuzzer::structured,
          ParserFuzzer::target,
          ParserFuzzer::fields,
          ParserFuzzer::keys);

  private ParserFuzzer() {}

  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > 0) {
      String text = new String(data, 1, data.length - 1, StandardCharsets.ISO_8859_1);
      PARSERS.get((data[0] & 0x7f) % PARSERS.size()).accept(text);
    }
  }

  private static void directives(String text) {
    RequestDirectives.of(Headers.of("Cache-Control", text));
    for (String name : List.of("Cache-Control", "CDN-Cache-Control", "Cistern-Cache-Control")) {
      ResponseDirectives said = ResponseDirectives.of(Headers.of(name, text));
      holds(said.maxAge().orElse(0) >= 0, "an age is negative");
    }
    boolean none = RequestDirectives.of(Headers.of("Cache-Control", "no-store," + text)).noStore();
    holds(none, "a no-store is lost");
  }

  private static void date(String text) {
    Instant read = HttpDate.parse(text, NOW);
    if (read != null) {
      holds(read.equals(HttpDate.parse(HttpDate.format(read), NOW)), "a date is read in two ways");
    }
  }

  private static void tags(String text) {
    for (EntityTag tag : EntityTag.list(List.of(text))) {
      holds(tag.weaklyEquals(tag), "a tag is not like itself");
    }
  }

  private static void ranges(String text) {
    for (long length : new long[] {0, 1, 10, Long.MAX_VALUE}) {
      ByteRanges.resolve(text, length);
    }
    ContentRange range = ContentRange.parse(text);
    holds(range == null || range.equals(ContentRange.parse(range.format())), "a range changed");
  }

  private static void structured(String text) {
    StructuredDictionary.parse(text);
    StructuredList.parse(List.of(text));
    StructuredList.strings(List.of(text));
    variation(text);
  }

  /** A field and two queries, a line each. */
  private static void variation(String text) {
    String[] lines = text.split("\n", 3);
    UrlVariation said = UrlVariation.parse(List.of(lines[0]));
    if (said != null) {
      String query = lines[lines.length - 1];
      String normal = said.normal(query, Set.of(), false);
      holds(
          normal.equals(said.normal(query + "&", Set.of(), false)) || normal.startsWith("?"),
          "an empty parameter counts");
      boolean same = normal.equals(said.normal(lines[lines.length / 2], Set.of(), false));
      Asked one = query(query);
      Asked other = query(lines[lines.length / 2]);
      Key key = KEYS.sharedKey(RULE, one, null, said);
      holds(
          same == key.equals(KEYS.sharedKey(RULE, other, null, said)), "a key is not its query's");
      holds(!key.equals(KEYS.key(RULE, one, null, null)), "a shared key is one query's own");
    }
  }

  private static Asked query(String query) {
    return new Asked("GET", new Target("http", "a", "/", query), Headers.empty());
  }

  private static void target(String text) {
    TargetOutcome first = TargetParser.parse("GET", "http", "a", text);
    if (first instanceof Target target) {
      TargetOutcome again =
          TargetParser.parse("GET", target.scheme(), target.host(), target.pathAndQuery());
      holds(target.equals(again), "a normal target is normalised once more");
      laxPath(target.path());
    }
    Query.of(text);
  }

  private static void laxPath(String path) {
    String lax = LaxPath.of(path);
    holds(lax.equals(LaxPath.of(lax)), "a lax path is read in two ways");
    holds(lax.startsWith(LaxPath.withoutEndSlash(path)), "the end of a path is more than a slash");
    holds(!lax.contains(";") && !lax.contains("//"), "a lax path keeps what lenient servers drop");
    holds(
        TargetParser.parse("GET", "http", "a", lax) instanceof Target,
        "a lax path leads out of its folder");
  }

  private static void fields(String text) {
    AcceptEncoding.choose(text, List.of(Coding.GZIP));
    MediaTypes.isCompressible(text);
    TraceParent.parse(text);
    HopByHop.strip(Headers.of("Connection", text));
    holds(KeepAlive.seconds(text) >= 0, "a connection is kept for less than no time");
  }

  /** Two different requests never make one key. */
  private static void keys(String text) {
    String[] halves = text.split("\u0000", 2);
    Asked one = request(halves[0]);
    Asked other = request(halves[halves.length - 1]);
    boolean same = KEYS.key(RULE, one, null, null).equals(KEYS.key(RULE, other, null, null));
    holds(same == one.equals(other), "two requests have one key");
  }

  private static Asked request(String text) {
    String[] parts = text.split("\n", 4);
    Headers.Builder headers = Headers.builder();
    for (int i = 3; i < parts.length; i++) {
      headers.add("x-a", parts[i]);
    }
    String query = parts.length > 2 ? parts[2] : null;
    Target target = new Target("http", parts.length > 1 ? parts[1] : "a", parts[0], query);
    return new Asked("GET", target, headers.build());
  }

  private static void holds(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
