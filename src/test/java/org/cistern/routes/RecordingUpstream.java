package org.cistern.routes;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.fake.FakeUpstream;

/** An origin that remembers the heads it was sent, and answers each with its request line. */
final class RecordingUpstream implements AutoCloseable {

  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final FakeUpstream origin;

  /** Starts one whose answers have these lines, each ended by CR LF. */
  RecordingUpstream(String name, String lines) {
    origin =
        FakeUpstream.answering(
            head -> {
              heads.add(head);
              String body = name + ": " + head.lines().findFirst().orElse("");
              String length = "Content-Length: " + body.length() + "\r\n";
              return "HTTP/1.1 200 OK\r\n" + length + lines + "\r\n" + body;
            });
  }

  /** Starts one whose answers may be kept for a minute. */
  static RecordingUpstream cacheable() {
    return new RecordingUpstream(
        "origin", "Cache-Control: max-age=60\r\nETag: \"one\"\r\nX-Origin: yes\r\n");
  }

  String url() {
    return "http://127.0.0.1:" + origin.port();
  }

  /** Returns how many requests came. */
  int asked() {
    return heads.size();
  }

  /** Returns the head of the last request, names in lower case. */
  String lastHead() {
    return heads.get(heads.size() - 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    origin.close();
  }
}
