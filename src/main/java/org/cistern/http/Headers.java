package org.cistern.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Immutable header fields: an array of name and value in turn. Most questions are about fields that
 * are not there, so they remember in one number which names there can be.
 */
public final class Headers implements Fields {

  private static final Headers EMPTY = new Headers(new String[0]);

  private final String[] lines;
  private final int bits;

  private Headers(String[] lines) {
    this.lines = lines;
    this.bits = NameBits.of(lines);
  }

  /** Returns the headers without any line. */
  public static Headers empty() {
    return EMPTY;
  }

  /**
   * Returns headers of the given names and values in turn.
   *
   * @throws IllegalArgumentException where a value is missing
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header needs a name and a value");
    }
    return new Headers(namesAndValues.clone());
  }

  /** Returns a copy of the given fields. */
  public static Headers copyOf(Fields fields) {
    if (fields instanceof Headers headers) {
      return headers;
    }
    Builder copy = builder();
    fields.each(copy::add);
    return copy.build();
  }

  /** Returns an empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that begins with these lines. */
  public Builder toBuilder() {
    return new Builder(lines);
  }

  /** Returns these lines and one more at the end. */
  public Headers with(String name, String value) {
    String[] more = Arrays.copyOf(lines, lines.length + 2);
    more[lines.length] = name;
    more[lines.length + 1] = value;
    return new Headers(more);
  }

  /** Returns the lines that have another name; this object where all have. */
  public Headers without(String name) {
    return has(name) ? toBuilder().remove(name).build() : this;
  }

  /** Returns the number of lines. */
  public int size() {
    return lines.length / 2;
  }

  /** Returns the name of line {@code index}, as received. */
  public String name(int index) {
    return lines[index * 2];
  }

  /** Returns the value of line {@code index}. */
  public String value(int index) {
    return lines[index * 2 + 1];
  }

  @Override
  public @Nullable String first(String name) {
    if (surelyLacks(name)) {
      return null;
    }
    for (int i = 0; i < lines.length; i += 2) {
      if (lines[i].equalsIgnoreCase(name)) {
        return lines[i + 1];
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    if (surelyLacks(name)) {
      return List.of();
    }
    List<String> values = new ArrayList<>(2);
    for (int i = 0; i < lines.length; i += 2) {
      if (lines[i].equalsIgnoreCase(name)) {
        values.add(lines[i + 1]);
      }
    }
    return values;
  }

  private boolean surelyLacks(String name) {
    return (bits & NameBits.of(name)) == 0;
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    for (int i = 0; i < lines.length; i += 2) {
      line.accept(lines[i], lines[i + 1]);
    }
  }

  /** Returns a rough size in bytes on the heap, for weighing. */
  public int weight() {
    int weight = 16;
    for (String part : lines) {
      weight += 48 + part.length();
    }
    return weight;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Headers that && Arrays.equals(lines, that.lines);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lines);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    each((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  /** Collects lines for {@link Headers}; not safe for several threads. */
  public static final class Builder {

    /** For the names and values of a usual message, or of what is added to one. */
    private static final int ROOM = 16;

    private String[] lines;
    private int end;

    private Builder() {
      lines = new String[ROOM];
    }

    private Builder(String[] first) {
      lines = Arrays.copyOf(first, first.length + ROOM);
      end = first.length;
    }

    /** Adds one line at the end. */
    public Builder add(String name, String value) {
      if (end == lines.length) {
        lines = Arrays.copyOf(lines, 2 * end);
      }
      lines[end++] = name;
      lines[end++] = value;
      return this;
    }

    /** Replaces all lines of this name by one at the end. */
    public Builder set(String name, String value) {
      return remove(name).add(name, value);
    }

    /** Removes all lines of this name. */
    public Builder remove(String name) {
      return removeIf((line, value) -> line.equalsIgnoreCase(name));
    }

    /** Removes every line that the test accepts. */
    public Builder removeIf(BiPredicate<String, String> test) {
      int kept = 0;
      for (int i = 0; i < end; i += 2) {
        if (!test.test(lines[i], lines[i + 1])) {
          lines[kept++] = lines[i];
          lines[kept++] = lines[i + 1];
        }
      }
      end = kept;
      return this;
    }

    /** Returns the collected lines. */
    public Headers build() {
      return end == 0 ? EMPTY : new Headers(Arrays.copyOf(lines, end));
    }
  }
}
