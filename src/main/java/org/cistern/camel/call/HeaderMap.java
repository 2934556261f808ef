package org.cistern.camel.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.PatternHelper;
import org.apache.camel.util.CaseInsensitiveMap;
import org.cistern.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A call's headers as the map that Camel's components expect. Every change goes to the call at
 * once, except that names of Camel's own and values that are not text stay here. Fields of such
 * names are not among the headers: who sends them would steer the components.
 */
final class HeaderMap extends CaseInsensitiveMap {

  private static final long serialVersionUID = 1L;

  private final transient Call call;
  private final boolean ofReply;
  private transient @Nullable Object status;

  HeaderMap(Call call) {
    this.call = call;
    Reply reply = call.reply();
    this.ofReply = reply != null;
    fill(reply == null ? call.fields() : reply.lines().headers());
    if (reply != null) {
      super.put(Exchange.HTTP_RESPONSE_CODE, reply.status());
      reply.edits().forEach(edit -> keep(edit.name(), edit.values()));
    }
    super.put(Exchange.HTTP_METHOD, call.method());
    super.put(Exchange.HTTP_URI, call.target().path());
    super.put(Exchange.HTTP_PATH, call.target().path());
    String query = call.target().query();
    if (query != null) {
      super.put(Exchange.HTTP_QUERY, query);
    }
  }

  /** Returns the headers as they are now: those of the request became those of the reply. */
  HeaderMap current() {
    if (ofReply || !call.answered()) {
      return this;
    }
    HeaderMap next = new HeaderMap(call);
    forEach((name, value) -> next.inherit(name, value));
    return next;
  }

  private void inherit(String name, Object value) {
    if (CamelNames.is(name) || !HeaderText.isText(value)) {
      putIfAbsent(name, value);
    }
  }

  /** Returns the status code that a step has set, or null. */
  @Nullable Object status() {
    return status;
  }

  private void fill(Fields fields) {
    fields.each((name, value) -> keep(name, fields.all(name)));
  }

  private void keep(String name, List<String> values) {
    if (CamelNames.is(name)) {
      return;
    }
    if (values.isEmpty()) {
      super.remove(name);
    } else {
      super.put(name, values.size() == 1 ? values.get(0) : values);
    }
  }

  @Override
  public @Nullable Object put(String name, @Nullable Object value) {
    if (!CamelNames.is(name) && HeaderText.isText(value)) {
      call.header(name, HeaderText.values(name, value));
    }
    steer(name, value);
    return value == null ? super.remove(name) : super.put(name, value);
  }

  /** Takes what Camel's own names say about the call itself: its target and its status. */
  private void steer(String name, @Nullable Object value) {
    if (name.equalsIgnoreCase(Exchange.HTTP_RESPONSE_CODE)) {
      status = value;
    } else if (value != null && name.equalsIgnoreCase(Exchange.HTTP_PATH)) {
      call.redirect(value.toString(), null);
    } else if (name.equalsIgnoreCase(Exchange.HTTP_QUERY)) {
      call.redirect(null, value == null ? "" : value.toString());
    }
  }

  @Override
  public void putAll(Map<? extends String, ?> all) {
    all.forEach(this::put);
  }

  @Override
  public @Nullable Object remove(Object name) {
    if (name instanceof String text) {
      steer(text, null);
    }
    return take(name);
  }

  /** Taking many off at once tidies up: unlike a removal by name it leaves the target alone. */
  @Nullable Object take(Object name) {
    if (name instanceof String text && !CamelNames.is(text)) {
      call.header(text, List.of());
    }
    return super.remove(name);
  }

  @Override
  public void clear() {
    List.copyOf(keySet()).forEach(this::take);
  }

  void replaceBy(Map<String, Object> others) {
    List<String> gone = new ArrayList<>(keySet());
    gone.removeAll(others.keySet());
    Map<String, Object> copy = Map.copyOf(others);
    gone.forEach(this::take);
    copy.forEach(this::putChanged);
  }

  private void putChanged(String name, Object value) {
    if (!value.equals(get(name))) {
      put(name, value);
    }
  }

  boolean removeMatching(String pattern, List<String> except) {
    List<String> gone =
        keySet().stream()
            .filter(name -> PatternHelper.matchPattern(name, pattern))
            .filter(name -> except.stream().noneMatch(x -> PatternHelper.matchPattern(name, x)))
            .toList();
    gone.forEach(this::take);
    return !gone.isEmpty();
  }
}
