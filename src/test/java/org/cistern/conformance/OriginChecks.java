package org.cistern.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What the origin has to have seen of a case. */
final class OriginChecks {

  private final Case of;
  private final JsonArray seen;
  private final List<Message> responses;

  OriginChecks(Case of, JsonArray seen, List<Message> responses) {
    this.of = of;
    this.seen = seen;
    this.responses = responses;
  }

  void all() throws Failed {
    int next = 0;
    for (int i = 0; i < of.script().size(); i++) {
      JsonObject entry = of.entry(i);
      if (!"cached".equals(entry.getString("expected_type"))) {
        JsonObject request = next < seen.size() ? seen.getJsonObject(next) : new JsonObject();
        type(entry, i + 1, request);
        request(entry, i + 1, request);
        response(request, responses.get(i));
        next++;
      }
    }
  }

  private static void check(
      boolean holds, JsonObject entry, int number, String field, String sentence) throws Failed {
    Failed.unless(holds, Checks.isSetup(entry, field), "request " + number + ": " + sentence);
  }

  private static void type(JsonObject entry, int number, JsonObject request) throws Failed {
    JsonObject headers = request.getJsonObject("request_headers", new JsonObject());
    boolean holds =
        switch (entry.getString("expected_type", "")) {
          case "not_cached" -> request.getInteger("request_num", 0) == number;
          case "etag_validated" -> headers.containsKey("if-none-match");
          case "lm_validated" -> headers.containsKey("if-modified-since");
          default -> true;
        };
    check(holds, entry, number, "expected_type", "the origin saw " + request.encode());
  }

  private static void request(JsonObject entry, int number, JsonObject request) throws Failed {
    JsonObject headers = request.getJsonObject("request_headers", new JsonObject());
    String field = "expected_request_headers";
    for (Object item : entry.getJsonArray(field, new JsonArray())) {
      check(carries(headers, item), entry, number, field, item + " did not reach the origin");
    }
    String missing = "expected_request_headers_missing";
    for (Object item : entry.getJsonArray(missing, new JsonArray())) {
      check(!carries(headers, item), entry, number, missing, item + " reached the origin");
    }
    String method = entry.getString("expected_method");
    check(
        method == null || method.equals(request.getString("request_method")),
        entry,
        number,
        "expected_method",
        "the origin saw " + request.getString("request_method"));
  }

  private static boolean carries(JsonObject headers, Object item) {
    if (item instanceof JsonArray pair) {
      String value = headers.getString(pair.getString(0).toLowerCase(Locale.ROOT));
      return pair.getValue(1).toString().equals(value);
    }
    return headers.containsKey(((String) item).toLowerCase(Locale.ROOT));
  }

  private static void response(JsonObject request, Message received) throws Failed {
    JsonArray sent = request.getJsonArray("response_headers", new JsonArray());
    for (Object item : sent) {
      String name = ((JsonArray) item).getString(0);
      String value = joined(sent, name);
      boolean same = name.equalsIgnoreCase("date") || value.equals(received.joined(name));
      Failed.unless(same, true, name + " arrived as " + received.joined(name) + ", not " + value);
    }
  }

  private static String joined(JsonArray lines, String name) {
    return String.join(
        ", ",
        lines.stream()
            .map(JsonArray.class::cast)
            .filter(line -> line.getString(0).equalsIgnoreCase(name))
            .map(line -> line.getString(1))
            .toList());
  }
}
