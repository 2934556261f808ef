package org.cistern.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client of the suite: one connection per request, and every line as it came. */
final class SuiteClient {

  /** A response with the interim ones before it. */
  record Heard(List<Message> interim, Message response) {}

  private static final int TIMEOUT_MILLIS = 10_000;

  private final InetSocketAddress proxy;

  SuiteClient(InetSocketAddress proxy) {
    this.proxy = proxy;
  }

  /** Sends a request of the client's own. */
  Heard send(String method, String target, String body) throws IOException {
    return send(method, target, List.of(), body);
  }

  /** Sends the request of an entry. */
  Heard send(Case of, int index, String token, @Nullable Message before) throws IOException {
    JsonObject entry = of.entry(index);
    List<Message.Line> lines = new ArrayList<>();
    lines.add(new Message.Line("Pragma", "foo"));
    lines.add(new Message.Line("Cache-Control", "nothing-to-see-here"));
    lines.add(new Message.Line("Test-ID", of.id()));
    lines.add(new Message.Line("Req-Num", Integer.toString(index + 1)));
    for (Object item : entry.getJsonArray("request_headers", new JsonArray())) {
      lines.add(line(entry, (JsonArray) item, before));
    }
    return send(
        entry.getString("request_method", "GET"),
        target(entry, token),
        lines,
        entry.getString("request_body"));
  }

  private static String target(JsonObject entry, String token) {
    String file = entry.getString("filename");
    String argument = entry.getString("query_arg");
    return "/test/"
        + token
        + (file == null ? "" : "/" + file)
        + (argument == null ? "" : "?" + argument);
  }

  private static Message.Line line(JsonObject entry, JsonArray given, @Nullable Message before) {
    String name = given.getString(0);
    boolean relative = before != null && entry.getBoolean("magic_ims", false);
    long now =
        before == null || !relative ? System.currentTimeMillis() : before.number("server-now");
    boolean rfc850 =
        entry
            .getJsonArray("rfc850date", new JsonArray())
            .contains(name.toLowerCase(java.util.Locale.ROOT));
    return new Message.Line(name, Dates.text(name, given.getValue(1), now, rfc850));
  }

  private Heard send(String method, String target, List<Message.Line> lines, @Nullable String body)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(proxy, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(request(method, target, lines, body));
      return hear(method, new BufferedInputStream(socket.getInputStream()));
    }
  }

  private byte[] request(
      String method, String target, List<Message.Line> lines, @Nullable String body) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: ").append(proxy.getHostString()).append(':').append(proxy.getPort());
    head.append("\r\n");
    lines.forEach(l -> head.append(l.name()).append(": ").append(l.value()).append("\r\n"));
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    if (body != null) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(bytes);
    return all.toByteArray();
  }

  private static Heard hear(String method, InputStream in) throws IOException {
    List<Message> interim = new ArrayList<>();
    while (true) {
      Message head = Message.head(in);
      if (head == null) {
        throw new EOFException("the connection ended without a response");
      }
      if (head.status() >= 200) {
        boolean bodiless = method.equals("HEAD") || head.status() == 204 || head.status() == 304;
        return new Heard(interim, bodiless ? head : head.withBody(in, true));
      }
      interim.add(head);
    }
  }
}
