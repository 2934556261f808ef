package org.cistern.rule.load;

import java.util.List;
import java.util.Map;
import org.cistern.rule.load.Value.Entry;
import org.cistern.rule.load.Value.Place;
import org.cistern.rule.load.Value.Scalar;
import org.jspecify.annotations.Nullable;

/** Turns what a JSON parser gives (maps, lists, strings, numbers, booleans) into values. */
final class JsonValues {

  private JsonValues() {}

  /** Returns the value; a field that is null counts as one that is not there. */
  static Value of(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return new Value.Mapping(
          map.entrySet().stream()
              .filter(entry -> entry.getValue() != null)
              .map(
                  each -> new Entry(String.valueOf(each.getKey()), Place.NONE, of(each.getValue())))
              .toList(),
          Place.NONE);
    }
    if (json instanceof List<?> list) {
      List<Value> items = list.stream().<Value>map(JsonValues::of).toList();
      return new Value.Sequence(items, Place.NONE);
    }
    return json == null
        ? new Scalar("", Scalar.Kind.NOTHING, Place.NONE)
        : new Scalar(json.toString(), kind(json), Place.NONE);
  }

  private static Scalar.Kind kind(Object json) {
    if (json instanceof Boolean) {
      return Scalar.Kind.SWITCH;
    }
    if (json instanceof Number) {
      boolean whole = json.toString().matches("-?[0-9]+");
      return whole ? Scalar.Kind.WHOLE : Scalar.Kind.FRACTION;
    }
    return Scalar.Kind.TEXT;
  }
}
