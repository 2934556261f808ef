package org.cistern.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cistern.http.directive.Members;
import org.jspecify.annotations.Nullable;

/** A list of names with weights, as {@code Accept-Language} has it (RFC 9110 section 12.4.2). */
final class Weighted {

  private static final int FULL = 1000;
  private static final Comparator<Item> BY_WEIGHT =
      Comparator.comparingInt(Item::weight).reversed().thenComparing(Item::name);

  private Weighted() {}

  private record Item(String name, int weight) {
    @Override
    public String toString() {
      return weight == FULL ? name : name + ";q=" + weight;
    }
  }

  /** Returns the list in one spelling, heaviest first, or null where it is not such a list. */
  static @Nullable String canonical(String value) {
    List<Item> items = items(value);
    return items == null
        ? null
        : items.stream().map(Item::toString).collect(Collectors.joining(","));
  }

  /** Returns the one name that outweighs every other, or null where there is none. */
  static @Nullable String favourite(String value) {
    List<Item> items = items(value);
    if (items == null || items.isEmpty() || items.get(0).weight() == 0) {
      return null;
    }
    boolean alone = items.size() == 1 || items.get(0).weight() > items.get(1).weight();
    return alone ? items.get(0).name() : null;
  }

  private static @Nullable List<Item> items(String value) {
    TreeMap<String, Integer> weights = new TreeMap<>();
    for (String part : Members.of(value.toLowerCase(Locale.ROOT))) {
      String[] pieces = part.split(";", -1);
      int weight = pieces.length == 1 ? FULL : pieces.length == 2 ? weight(pieces[1]) : -1;
      if (weight < 0) {
        return null;
      }
      if (!pieces[0].isBlank()) {
        weights.merge(plain(pieces[0].strip()), weight, Math::max);
      }
    }
    List<Item> items = new ArrayList<>(weights.size());
    weights.forEach((name, weight) -> items.add(new Item(name, weight)));
    items.sort(BY_WEIGHT);
    return items;
  }

  /** RFC 9110 section 8.4.1 wants the old names of two codings taken for the new ones. */
  private static String plain(String name) {
    return name.equals("x-gzip") || name.equals("x-compress") ? name.substring(2) : name;
  }

  /** Returns a weight in thousandths, or -1 where the text is none. */
  private static int weight(String parameter) {
    String text = parameter.strip();
    if (!text.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
      return -1;
    }
    String digits = text.substring(2).replace(".", "");
    return Integer.parseInt((digits + "000").substring(0, 4));
  }
}
