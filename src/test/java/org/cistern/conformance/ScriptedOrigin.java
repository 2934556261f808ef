package org.cistern.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The origin of the suite: it answers as the case says, and remembers what it saw. */
final class ScriptedOrigin implements AutoCloseable {

  private static final int IDLE_MILLIS = 5_000;

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();

  /** Listens on a port, 0 for any. */
  ScriptedOrigin(int port) {
    try {
      server = new ServerSocket(port, 512, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(IDLE_MILLIS);
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Message request = Message.head(in);
      while (request != null && answer(request.withBody(in, false), socket.getOutputStream())) {
        request = Message.head(in);
      }
    } catch (IOException | InterruptedException over) {
      return;
    }
  }

  /** Answers a request; false where the connection is to be closed. */
  private boolean answer(Message request, OutputStream out)
      throws IOException, InterruptedException {
    String[] path = request.word(1).split("[/?]");
    String token = path.length > 2 ? path[2] : "";
    switch (path.length > 1 ? path[1] : "") {
      case "config" -> {
        scripts.put(token, new Script(token, new JsonArray(request.text())));
        plain(out, "201 Created", "");
      }
      case "state" -> state(out, scripts.get(token));
      case "test" -> {
        return played(request, scripts.get(token), out);
      }
      default -> plain(out, "404 Not Found", "");
    }
    return true;
  }

  private static void state(OutputStream out, @Nullable Script script) throws IOException {
    JsonArray seen = script == null ? new JsonArray() : script.seen();
    plain(out, seen.isEmpty() ? "404 Not Found" : "200 OK", seen.encode());
  }

  private static void plain(OutputStream out, String status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    write(
        out,
        "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nCache-Control: no-store\r\n",
        "Content-Length: " + bytes.length + "\r\n\r\n",
        bytes);
  }

  private static boolean played(Message request, @Nullable Script script, OutputStream out)
      throws IOException, InterruptedException {
    if (script == null) {
      plain(out, "404 Not Found", "");
      return true;
    }
    int number = (int) request.number("req-num");
    JsonObject entry = script.entry(number);
    if (entry.containsKey("response_pause")) {
      Pause.ofMillis(1000L * entry.getInteger("response_pause"));
    }
    for (Object interim : entry.getJsonArray("interim_responses", new JsonArray())) {
      interim((JsonArray) interim, out);
    }
    Script.Played played = script.play(request, number);
    if (entry.containsKey("disconnect") && entry.getValue("disconnect") != Boolean.FALSE) {
      return false;
    }
    write(out, played.head(), framing(played), played.body());
    return true;
  }

  private static String framing(Script.Played played) {
    return played.framed() ? "\r\n" : "Content-Length: " + played.length() + "\r\n\r\n";
  }

  private static void interim(JsonArray interim, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + interim.getInteger(0) + " Interim\r\n");
    JsonArray lines = interim.size() > 1 ? interim.getJsonArray(1) : new JsonArray();
    for (Object line : lines) {
      JsonArray pair = (JsonArray) line;
      head.append(pair.getString(0)).append(": ").append(pair.getString(1)).append("\r\n");
    }
    write(out, head.toString(), "\r\n", new byte[0]);
  }

  private static void write(OutputStream out, String head, String framing, byte[] body)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head.getBytes(StandardCharsets.ISO_8859_1));
    all.write(framing.getBytes(StandardCharsets.ISO_8859_1));
    all.write(body);
    out.write(all.toByteArray());
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
