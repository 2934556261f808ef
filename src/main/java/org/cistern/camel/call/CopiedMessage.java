package org.cistern.camel.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/** A copy of a call's message, which remembers how it was when it was made. */
final class CopiedMessage extends DefaultMessage {

  private Map<String, Object> before = Map.of();
  private @Nullable Object bodyBefore;

  CopiedMessage(Exchange exchange) {
    super(exchange);
  }

  @Override
  public void copyFrom(Message that) {
    super.copyFrom(that);
    before = new HashMap<>(getHeaders());
    bodyBefore = getBody();
  }

  /** Returns the headers that were set since. */
  Map<String, Object> changes() {
    Map<String, Object> changes = new HashMap<>();
    getHeaders()
        .forEach(
            (name, value) -> {
              if (!Objects.equals(before.get(name), value)) {
                changes.put(name, value);
              }
            });
    return changes;
  }

  /** Returns the names of the headers that were taken off since. */
  List<String> removals() {
    List<String> removals = new ArrayList<>(before.keySet());
    removals.removeAll(getHeaders().keySet());
    return removals;
  }

  /** Tells whether another body was set since. */
  boolean bodyChanged() {
    return getBody() != bodyBefore;
  }
}
