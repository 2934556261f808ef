package org.cistern.camel.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The header values that a request brought: its fields, and the parameters of its query and form.
 * They are known again as objects, not as texts, so that a route may say what the client said.
 */
final class Brought {

  private static final String PROPERTY = "CisternBrought";

  private final Map<String, List<Object>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Brought() {}

  /** Notes what a message has before its route begins. */
  static Brought by(Message message) {
    Brought brought = new Brought();
    message.getHeaders().forEach((name, value) -> brought.values.put(name, each(value)));
    return brought;
  }

  /** Tells whether a header of this name is just what came; nothing counts as that. */
  boolean holds(String name, @Nullable Object value) {
    List<Object> came = values.getOrDefault(name, List.of());
    return each(value).stream().allMatch(one -> came.stream().anyMatch(other -> other == one));
  }

  /** Copied, for a route may add to the list that it finds. */
  private static List<Object> each(@Nullable Object value) {
    if (value instanceof Collection<?> several) {
      return new ArrayList<>(several);
    }
    return value == null ? List.of() : List.of(value);
  }

  /** Leaves this with the exchange, once the route can no longer take it away. */
  void leaveWith(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Returns what was left with an exchange, or null. */
  static @Nullable Brought with(Exchange exchange) {
    return exchange.getProperty(PROPERTY, Brought.class);
  }
}
