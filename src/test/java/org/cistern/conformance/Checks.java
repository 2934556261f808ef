package org.cistern.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a response has to be like for its entry of the case. */
final class Checks {

  private final JsonObject entry;
  private final int number;
  private final String token;
  private final SuiteClient.Heard heard;
  private final Message response;

  Checks(JsonObject entry, int number, String token, SuiteClient.Heard heard) {
    this.entry = entry;
    this.number = number;
    this.token = token;
    this.heard = heard;
    this.response = heard.response();
  }

  void all() throws Failed {
    retried();
    type();
    status();
    headers();
    missing();
    interim();
    body();
  }

  static boolean isSetup(JsonObject entry, String field) {
    return entry.getBoolean("setup", false)
        || entry.getJsonArray("setup_tests", new JsonArray()).contains(field);
  }

  private void check(boolean holds, String field, String sentence) throws Failed {
    Failed.unless(holds, isSetup(entry, field), "response " + number + ": " + sentence);
  }

  private void setUp(boolean holds, String sentence) throws Failed {
    Failed.unless(holds, true, "response " + number + ": " + sentence);
  }

  private void retried() throws Failed {
    String numbers = response.joined("request-numbers");
    List<String> all = numbers == null ? List.of() : Arrays.asList(numbers.split(" "));
    if (all.stream().distinct().count() < all.size()) {
      throw new Failed(Outcome.RETRY, "the origin saw a request twice: " + numbers);
    }
  }

  private void type() throws Failed {
    String type = entry.getString("expected_type", "");
    long count = response.number("server-request-count");
    if (type.equals("cached") && !(response.status() == 304 && count < 0)) {
      check(count >= 0 && count < number, "expected_type", "it does not come from the cache");
    }
    if (type.equals("not_cached")) {
      check(count == number, "expected_type", "it comes from the cache");
    }
  }

  private void status() throws Failed {
    int status = response.status();
    if (entry.containsKey("expected_status")) {
      Integer expected = entry.getInteger("expected_status");
      check(
          expected == null || expected == status,
          "expected_status",
          "status " + status + " and not " + expected);
    } else if (entry.containsKey("response_status")) {
      int sent = entry.getJsonArray("response_status").getInteger(0);
      setUp(sent == status, "status " + status + " and not " + sent);
    } else if (status == 999) {
      check(false, "expected_type", "its request should have been conditional");
    } else {
      setUp(status == 200, "status " + status + " and not 200");
    }
  }

  private void headers() throws Failed {
    for (Object item : entry.getJsonArray("expected_response_headers", new JsonArray())) {
      String problem = item instanceof JsonArray given ? compared(given) : present((String) item);
      check(problem == null, "expected_response_headers", String.valueOf(problem));
    }
  }

  private @Nullable String present(String name) {
    return response.joined(name) == null ? "no " + name : null;
  }

  private @Nullable String compared(JsonArray given) {
    String name = given.getString(0);
    String value = response.joined(name);
    if (value == null) {
      return "no " + name;
    }
    if (given.size() > 2) {
      return related(given, name, value);
    }
    String expected = Dates.text(name, given.getValue(1), response.number("server-now"), false);
    return value.equals(expected) ? null : name + " is " + value + " and not " + expected;
  }

  private @Nullable String related(JsonArray given, String name, String value) {
    if (given.getString(1).equals("=")) {
      String other = response.joined(given.getString(2));
      return value.equals(other) ? null : name + " is " + value + " and not " + other;
    }
    long least = Long.parseLong(given.getValue(2).toString());
    return response.number(name) > least ? null : name + " is " + value + ", not above " + least;
  }

  private void missing() throws Failed {
    for (Object item : entry.getJsonArray("expected_response_headers_missing", new JsonArray())) {
      check(isMissing(item), "expected_response_headers_missing", item + " is there");
    }
  }

  /** A name alone must not be there; with a value, no field of that name may contain it. */
  private boolean isMissing(Object item) {
    if (item instanceof JsonArray pair) {
      String value = response.joined(pair.getString(0));
      return value == null || !value.contains(pair.getString(1));
    }
    return response.joined((String) item) == null;
  }

  private void interim() throws Failed {
    JsonArray expected = entry.getJsonArray("expected_interim_responses");
    if (expected == null) {
      return;
    }
    check(
        expected.size() == heard.interim().size(),
        "expected_interim_responses",
        heard.interim().size() + " interim responses and not " + expected.size());
    for (int i = 0; i < expected.size(); i++) {
      interim(expected.getJsonArray(i), heard.interim().get(i));
    }
  }

  private void interim(JsonArray expected, Message came) throws Failed {
    boolean same = came.status() == expected.getInteger(0);
    JsonArray lines = expected.size() > 1 ? expected.getJsonArray(1) : new JsonArray();
    for (Object line : lines) {
      JsonArray pair = (JsonArray) line;
      same &= pair.getString(1).equals(came.joined(pair.getString(0)));
    }
    check(same, "expected_interim_responses", "the interim response is " + came);
  }

  private void body() throws Failed {
    if (!entry.getBoolean("check_body", true)) {
      return;
    }
    String text = response.text();
    if (entry.containsKey("expected_response_text")) {
      String expected = entry.getString("expected_response_text");
      check(
          expected == null || expected.equals(text),
          "expected_response_text",
          "the body is '" + text + "' and not '" + expected + "'");
    } else if (entry.getString("response_body") != null) {
      setUp(Objects.equals(entry.getString("response_body"), text), "another body: " + text);
    } else if (response.status() != 204
        && response.status() != 304
        && !"HEAD".equals(entry.getString("request_method"))) {
      setUp(text.equals(token), "another body: " + text);
    }
  }
}
