package org.cistern.camel.call;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.BiConsumer;
import org.cistern.http.Fields;
import org.jspecify.annotations.Nullable;

/** The fields of a message as the server holds them, read in place. */
public final class VertxFields implements Fields {

  private final MultiMap map;

  /** Makes a view of the map; changes of the map show through. */
  public VertxFields(MultiMap map) {
    this.map = map;
  }

  @Override
  public @Nullable String first(String name) {
    return map.get(FieldNames.hashed(name));
  }

  @Override
  public List<String> all(String name) {
    return map.getAll(FieldNames.hashed(name));
  }

  /** Most are not there, and the map makes a list even then. */
  @Override
  public @Nullable String joined(String name) {
    return has(name) ? Fields.super.joined(name) : null;
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    map.forEach(line);
  }

  @Override
  public boolean has(String name) {
    return map.contains(FieldNames.hashed(name));
  }
}
