package org.cistern.camel.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.PatternHelper;
import org.apache.camel.util.CaseInsensitiveMap;
import org.cistern.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A call's headers as the map that Camel's components expect. Every change goes to the call at
 * once, except that names of Camel's own and values that are not text stay here.
 */
final class HeaderMap extends CaseInsensitiveMap {

  private static final long serialVersionUID = 1L;

  private final transient Call call;

  HeaderMap(Call call) {
    this.call = call;
    Reply reply = call.reply();
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

  private void fill(Fields fields) {
    fields.each((name, value) -> keep(name, fields.all(name)));
  }

  private void keep(String name, List<String> values) {
    if (values.isEmpty()) {
      super.remove(name);
    } else {
      super.put(name, values.size() == 1 ? values.get(0) : values);
    }
  }

  @Override
  public @Nullable Object put(String name, @Nullable Object value) {
    if (isField(name) && HeaderText.isText(value)) {
      call.header(name, HeaderText.values(name, value));
    }
    return value == null ? super.remove(name) : super.put(name, value);
  }

  @Override
  public void putAll(Map<? extends String, ?> all) {
    all.forEach(this::put);
  }

  @Override
  public @Nullable Object remove(Object name) {
    if (name instanceof String text && isField(text)) {
      call.header(text, List.of());
    }
    return super.remove(name);
  }

  @Override
  public void clear() {
    List.copyOf(keySet()).forEach(this::remove);
  }

  void replaceBy(Map<String, Object> others) {
    List<String> gone = new ArrayList<>(keySet());
    gone.removeAll(others.keySet());
    Map<String, Object> copy = Map.copyOf(others);
    gone.forEach(this::remove);
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
    gone.forEach(this::remove);
    return !gone.isEmpty();
  }

  private static boolean isField(String name) {
    return !name.toLowerCase(Locale.ROOT).startsWith("camel");
  }
}
