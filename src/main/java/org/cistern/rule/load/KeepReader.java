package org.cistern.rule.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;
import org.cistern.rule.Strategy;
import org.cistern.rule.WritePolicy;
import org.jspecify.annotations.Nullable;

/** Reads which of a rule's answers are kept, and where. */
final class KeepReader {

  private static final long LARGEST_BODY = 1L << 30;
  private static final int MOST_VARIANTS = 1000;

  private final GroupReader in;

  KeepReader(GroupReader in) {
    this.in = in;
  }

  Rule.Keep read() {
    Strategy strategy = in.constant(Vocabulary.STRATEGY, Strategy.class);
    return new Rule.Keep(
        strategy != Strategy.NONE,
        strategy,
        in.constant(Vocabulary.WRITE_POLICY, WritePolicy.class),
        statusCodes(),
        in.value(Vocabulary.MIN_SIZE, KeepReader::bodySize),
        in.value(Vocabulary.MAX_SIZE, KeepReader::bodySize),
        in.list(Vocabulary.CONTENT_TYPES, HttpWords::mediaType),
        in.constant(Vocabulary.SET_COOKIE, SetCookie.class),
        in.onOff(Vocabulary.SHARED_DESPITE_AUTHORIZATION),
        in.onOff(Vocabulary.COMPRESS),
        closeDelimited(),
        in.value(Vocabulary.MAX_VARIANTS, value -> (int) Scalars.whole(value, 1, MOST_VARIANTS)),
        in.optional(Vocabulary.QUOTA_BYTES, KeepReader::quota),
        new HashSet<>(in.list(Vocabulary.TAGS, HttpWords::tag)),
        tagsFrom());
  }

  private Set<Integer> statusCodes() {
    List<Integer> codes =
        in.list(Vocabulary.STATUS_CODES, value -> (int) Scalars.whole(value, 100, 599));
    boolean empty =
        in.raw(Vocabulary.STATUS_CODES) instanceof Value.Sequence all && all.items().isEmpty();
    if (empty) {
      in.error(
          Vocabulary.STATUS_CODES,
          "is an empty list; leave it out, or write 'strategy: none' to keep nothing");
    }
    return new HashSet<>(codes);
  }

  private static long bodySize(Value value) {
    long size = Amounts.size(value);
    if (size > LARGEST_BODY) {
      throw new Unreadable(value, "is " + value.shown() + "; at most 1GB is allowed");
    }
    return size;
  }

  private static long quota(Value value) {
    long size = Amounts.size(value);
    if (size == 0) {
      throw new Unreadable(value, "is '0'; write 'strategy: none' to keep nothing");
    }
    return size;
  }

  private boolean closeDelimited() {
    List<String> words = Vocabulary.CLOSE_DELIMITED.words();
    return in.value(Vocabulary.CLOSE_DELIMITED, value -> Scalars.word(value, words))
        .equals("store");
  }

  private List<Rule.TagSource> tagsFrom() {
    Value value = in.raw(Vocabulary.TAGS_FROM);
    if (value instanceof Value.Sequence sequence) {
      return sequence.items().stream().map(this::tagSource).filter(Objects::nonNull).toList();
    }
    Rule.TagSource one = value == null ? null : tagSource(value);
    return one == null ? List.of() : new ArrayList<>(List.of(one));
  }

  private Rule.@Nullable TagSource tagSource(Value value) {
    if (!(value instanceof Value.Mapping mapping)) {
      in.problems()
          .error(
              value.place(),
              Vocabulary.TAGS_FROM.fullName(),
              "is " + value.shown() + "; {header: NAME} or {json_path: PATH} is needed");
      return null;
    }
    GroupReader group = new GroupReader(mapping, Vocabulary.TAGS_FROM, in.problems());
    if (group.has(Vocabulary.TAGS_FROM_HEADER) == group.has(Vocabulary.TAGS_FROM_JSON_PATH)) {
      in.error(Vocabulary.TAGS_FROM, "needs either 'header' or 'json_path' in each of its parts");
    }
    return new Rule.TagSource(
        group.optional(Vocabulary.TAGS_FROM_HEADER, HttpWords::name),
        group.optional(Vocabulary.TAGS_FROM_JSON_PATH, JsonPathText::of));
  }
}
