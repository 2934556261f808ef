package org.cistern.camel.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings in force: immutable, each read and checked once at the start. */
public final class Settings {

  private final Map<Setting, Object> values;
  private final Map<Setting, String> texts;
  private final List<String> warnings;
  private final Map<String, Settings> upstreams;

  Settings(
      Map<Setting, Object> values,
      Map<Setting, String> texts,
      List<String> warnings,
      Map<String, Settings> upstreams) {
    this.values = new EnumMap<>(values);
    this.texts = new EnumMap<>(texts);
    this.warnings = List.copyOf(warnings);
    this.upstreams = Collections.unmodifiableMap(new TreeMap<>(upstreams));
  }

  /** Returns a sentence for each thing that was set and will surprise whoever set it. */
  public List<String> warnings() {
    return warnings;
  }

  /** Returns the settings of each upstream that has a name, under the keys of the primary one. */
  public Map<String, Settings> upstreams() {
    return upstreams;
  }

  /** Returns these settings, but for some that are taken from others. */
  Settings with(Set<Setting> taken, Settings others) {
    Settings changed = new Settings(values, texts, warnings, upstreams);
    for (Setting setting : taken) {
      put(changed.values, setting, others.values.get(setting));
      put(changed.texts, setting, others.texts.get(setting));
    }
    return changed;
  }

  private static <V> void put(Map<Setting, V> map, Setting setting, @Nullable V value) {
    if (value == null) {
      map.remove(setting);
    } else {
      map.put(setting, value);
    }
  }

  /** Tells whether it is set, or has a default. */
  public boolean has(Setting setting) {
    return values.containsKey(setting);
  }

  /** Returns a text; empty where it is not set. */
  public String text(Setting setting) {
    Object value = values.get(setting);
    return value == null ? "" : value.toString();
  }

  /** Returns the parts of a list, separated by commas or white space. */
  public List<String> list(Setting setting) {
    return parts(text(setting));
  }

  /** Returns the parts of a text, separated by commas or white space. */
  static List<String> parts(String text) {
    return Stream.of(text.split("[,\\s]+")).filter(part -> !part.isEmpty()).toList();
  }

  /** Returns a number, or {@code otherwise} where it is not set. */
  public int count(Setting setting, int otherwise) {
    return values.get(setting) instanceof Integer number ? number : otherwise;
  }

  /** Returns a number that has a default. */
  public int count(Setting setting) {
    return count(setting, 0);
  }

  /** Returns a number of bytes, or {@code otherwise} where it is not set. */
  public long bytes(Setting setting, long otherwise) {
    return values.get(setting) instanceof Long number ? number : otherwise;
  }

  /** Returns a flag; false where it is not set. */
  public boolean flag(Setting setting) {
    return Boolean.TRUE.equals(values.get(setting));
  }

  /** Returns a time that has a default. */
  public Duration time(Setting setting) {
    return values.get(setting) instanceof Duration time ? time : Duration.ZERO;
  }

  /** Returns a file, or null where it is not set. */
  public @Nullable Path path(Setting setting) {
    return values.get(setting) instanceof Path path ? path : null;
  }

  /** Returns every set value as text, under its key, for placeholders in routes. */
  public Map<Setting, String> texts() {
    return new EnumMap<>(texts);
  }
}
