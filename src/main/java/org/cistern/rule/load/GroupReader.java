package org.cistern.rule.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cistern.rule.load.Value.Entry;
import org.cistern.rule.load.Value.Place;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one group, the rule itself or a field with fields of its own. A field that is
 * left out is read as its default from the {@link Vocabulary}; one that cannot be read is a problem
 * and counts as left out.
 */
final class GroupReader {

  private static final Map<Vocabulary, Value> STANDARDS = standards();

  private final Problems problems;
  private final Place place;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Set<String> meant = new HashSet<>();

  /** Reads a group; a field that is not in it is a problem. */
  GroupReader(Value.Mapping values, @Nullable Vocabulary group, Problems problems) {
    this.problems = problems;
    this.place = values.place();
    for (Entry entry : values.entries()) {
      if (Vocabulary.knows(group, entry.name())) {
        entries.put(entry.name(), entry);
      } else {
        List<String> known = Vocabulary.in(group).stream().map(Vocabulary::label).toList();
        Optional<String> nearest = NearestName.to(entry.name(), known);
        nearest.ifPresent(meant::add);
        problems.error(entry.place(), unknown(entry, group), sentence(nearest, known));
      }
    }
  }

  private static Map<Vocabulary, Value> standards() {
    Map<Vocabulary, Value> standards = new EnumMap<>(Vocabulary.class);
    for (Vocabulary field : Vocabulary.values()) {
      String text = field.standard();
      Value value = text == null ? null : YamlLoader.load(text, new Problems("vocabulary"));
      if (value != null) {
        standards.put(field, value);
      }
    }
    return standards;
  }

  private static String unknown(Entry entry, @Nullable Vocabulary group) {
    return group == null ? entry.name() : group.label() + '.' + entry.name();
  }

  private static String sentence(Optional<String> nearest, List<String> known) {
    return nearest
        .map(name -> "is not a known field; did you mean '" + name + "'?")
        .orElse("is not a known field; known are " + String.join(", ", known));
  }

  Problems problems() {
    return problems;
  }

  /** Returns where the group begins. */
  Place place() {
    return place;
  }

  /** Tells whether the field is written, readable or not. */
  boolean has(Vocabulary field) {
    return entries.containsKey(field.label());
  }

  /** Tells whether the field is not even there under a name that comes near it. */
  boolean lacks(Vocabulary field) {
    return !has(field) && !meant.contains(field.label());
  }

  /** Returns where the field is written, or where the group begins. */
  Place placeOf(Vocabulary field) {
    Entry entry = entries.get(field.label());
    return entry == null ? place : entry.place();
  }

  /** Returns the field's value as it is written, or its default, or null. */
  @Nullable Value raw(Vocabulary field) {
    Entry entry = entries.get(field.label());
    return entry == null ? standard(field) : entry.value();
  }

  private static @Nullable Value standard(Vocabulary field) {
    return STANDARDS.get(field);
  }

  /** Returns the field's value, or null where it is neither written nor has a default. */
  <T> @Nullable T optional(Vocabulary field, Function<Value, T> reading) {
    Value value = raw(field);
    T read = value == null ? null : attempt(field, value, reading);
    Value standard = standard(field);
    return read == null && standard != null ? reading.apply(standard) : read;
  }

  /** Returns the value of a field that has a default. */
  <T> T value(Vocabulary field, Function<Value, T> reading) {
    T read = optional(field, reading);
    if (read == null) {
      throw new IllegalStateException("the field " + field.fullName() + " has no default");
    }
    return read;
  }

  /** Returns one of the constants whose names in lower case are the words of the field. */
  <E extends Enum<E>> E constant(Vocabulary field, Class<E> type) {
    return value(
        field,
        value -> Enum.valueOf(type, Scalars.word(value, field.words()).toUpperCase(Locale.ROOT)));
  }

  boolean onOff(Vocabulary field) {
    return value(field, Scalars::onOff);
  }

  /** Returns the readable items of a list; empty where it is neither written nor has a default. */
  <T> List<T> list(Vocabulary field, Function<Value, T> reading) {
    Value value = raw(field);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Value.Sequence sequence)) {
      problems.error(
          value.place(), field.fullName(), "is " + value.shown() + "; a list is needed: [ … ]");
      return List.of();
    }
    List<T> items = new ArrayList<>();
    for (Value item : sequence.items()) {
      T read = attempt(field, item, reading);
      if (read != null) {
        items.add(read);
      }
    }
    return items;
  }

  /** Returns the reader of a field that is a group, or null where it is not written as one. */
  @Nullable GroupReader group(Vocabulary field) {
    Value value = raw(field);
    if (value instanceof Value.Mapping mapping) {
      return new GroupReader(mapping, field, problems);
    }
    if (value != null) {
      problems.error(
          value.place(),
          field.fullName(),
          "is " + value.shown() + "; fields are needed: " + field.type());
    }
    return null;
  }

  <T> @Nullable T attempt(Vocabulary field, Value value, Function<Value, T> reading) {
    try {
      return reading.apply(value);
    } catch (Unreadable e) {
      problems.error(e.value().place(), field.fullName(), e.sentence());
      return null;
    }
  }

  void error(Vocabulary field, String sentence) {
    problems.error(placeOf(field), field.fullName(), sentence);
  }

  void warning(Vocabulary field, String sentence) {
    problems.warning(placeOf(field), field.fullName(), sentence);
  }
}
