package org.cistern.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A case of the suite. */
record Case(String group, String id, String name, Kind kind, List<String> needs, JsonArray script) {

  /** What a case speaks of. */
  enum Kind {
    REQUIRED,
    OPTIMAL,
    CHECK
  }

  /** Reads the cases of a file, in its order. */
  static List<Case> all(String json) {
    List<Case> cases = new ArrayList<>();
    for (Object group : new JsonArray(json)) {
      JsonObject of = (JsonObject) group;
      for (Object test : of.getJsonArray("tests")) {
        cases.add(of(of.getString("id"), (JsonObject) test));
      }
    }
    return cases;
  }

  private static Case of(String group, JsonObject test) {
    Kind kind = Kind.valueOf(test.getString("kind", "required").toUpperCase(java.util.Locale.ROOT));
    List<String> needs =
        test.getJsonArray("depends_on", new JsonArray()).stream().map(Object::toString).toList();
    return new Case(
        group,
        test.getString("id"),
        test.getString("name"),
        kind,
        needs,
        test.getJsonArray("requests"));
  }

  /** Returns the entry of a request. */
  JsonObject entry(int index) {
    return script.getJsonObject(index);
  }
}
