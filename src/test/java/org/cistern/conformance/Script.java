package org.cistern.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the origin is to answer to the requests of one run of a case, and what it saw so far. */
final class Script {

  /** What goes out; {@code framed} where the head needs no Content-Length, or has one. */
  record Played(String head, int length, byte[] body, boolean framed) {}

  private final String token;
  private final JsonArray entries;
  private final JsonArray seen = new JsonArray();
  private final List<String> numbers = new ArrayList<>();
  private final List<@Nullable List<Message.Line>> sent = new ArrayList<>();

  Script(String token, JsonArray entries) {
    this.token = token;
    this.entries = entries;
    entries.forEach(entry -> sent.add(null));
  }

  JsonObject entry(int number) {
    return entries.getJsonObject(number - 1);
  }

  synchronized JsonArray seen() {
    return seen.copy();
  }

  synchronized Played play(Message request, int number) {
    JsonObject entry = entry(number);
    long now = System.currentTimeMillis();
    numbers.add(Integer.toString(number));
    List<Message.Line> lines = lines(entry, request.word(1), now, false);
    sent.set(number - 1, lines);
    seen.add(stash(request, number, lines(entry, request.word(1), now, true)));
    return played(request, entry, number, now, lines);
  }

  private Played played(
      Message request, JsonObject entry, int number, long now, List<Message.Line> lines) {
    String status = status(request, entry, number);
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    line(head, "Server-Base-Url", request.word(1));
    line(head, "Server-Request-Count", Integer.toString(numbers.size()));
    line(head, "Client-Request-Count", Integer.toString(number));
    line(head, "Server-Now", Long.toString(now));
    line(head, "Request-Numbers", String.join(" ", numbers));
    lines.forEach(line -> line(head, line.name(), line.value()));
    if (value(lines, "content-type") == null) {
      line(head, "Content-Type", "text/plain");
    }
    String text = entry.getString("response_body");
    byte[] body = (text == null ? token : text).getBytes(StandardCharsets.UTF_8);
    boolean bodiless = status.startsWith("204") || status.startsWith("304");
    // A length that the script gives goes out as it is, with the whole body behind it.
    boolean framed = bodiless || value(lines, "content-length") != null;
    boolean none = bodiless || request.word(0).equals("HEAD");
    return new Played(head.toString(), body.length, none ? new byte[0] : body, framed);
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private String status(Message request, JsonObject entry, int number) {
    if (entry.getString("expected_type", "").endsWith("validated")) {
      return validates(request, number) ? "304 Not Modified" : "999 304 Not Generated";
    }
    JsonArray status = entry.getJsonArray("response_status");
    return status == null ? "200 OK" : status.getInteger(0) + " " + status.getString(1);
  }

  private boolean validates(Message request, int number) {
    if (number < 2) {
      return false;
    }
    List<Message.Line> before = before(request, number);
    String modified = value(before, "last-modified");
    String tag = value(before, "etag");
    return (modified != null && modified.equals(request.joined("if-modified-since")))
        || (tag != null && tag.equals(request.joined("if-none-match")));
  }

  /** What the entry before has sent; where the cache answered that one, what it would send now. */
  private List<Message.Line> before(Message request, int number) {
    List<Message.Line> before = sent.get(number - 2);
    return before != null
        ? before
        : lines(entry(number - 1), request.word(1), System.currentTimeMillis(), false);
  }

  private static @Nullable String value(List<Message.Line> lines, String name) {
    return lines.stream()
        .filter(line -> line.name().equalsIgnoreCase(name))
        .map(Message.Line::value)
        .findFirst()
        .orElse(null);
  }

  private static List<Message.Line> lines(
      JsonObject entry, String base, long now, boolean comparedOnly) {
    List<Message.Line> lines = new ArrayList<>();
    for (Object item : entry.getJsonArray("response_headers", new JsonArray())) {
      JsonArray given = (JsonArray) item;
      boolean skipped = given.size() > 2 && Boolean.FALSE.equals(given.getValue(2));
      if (!comparedOnly || !skipped) {
        lines.add(line(entry, given, base, now));
      }
    }
    return lines;
  }

  private static Message.Line line(JsonObject entry, JsonArray given, String base, long now) {
    String name = given.getString(0);
    String lower = name.toLowerCase(Locale.ROOT);
    boolean rfc850 = entry.getJsonArray("rfc850date", new JsonArray()).contains(lower);
    String value = Dates.text(name, given.getValue(1), now, rfc850);
    boolean location = lower.equals("location") || lower.equals("content-location");
    if (location && entry.getBoolean("magic_locations", false)) {
      value = value.isEmpty() ? base : base + "/" + value;
    }
    return new Message.Line(name, value);
  }

  private static JsonObject stash(Message request, int number, List<Message.Line> compared) {
    JsonObject headers = new JsonObject();
    request
        .lines()
        .forEach(
            line -> {
              String name = line.name().toLowerCase(Locale.ROOT);
              headers.put(name, request.joined(name));
            });
    JsonArray sent = new JsonArray();
    compared.forEach(line -> sent.add(new JsonArray().add(line.name()).add(line.value())));
    return new JsonObject()
        .put("request_num", number)
        .put("request_method", request.word(0))
        .put("request_headers", headers)
        .put("response_headers", sent);
  }
}
