package org.cistern.camel.engine.log;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.freshness.Reason;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * The line of one request in the access log.
 *
 * @param queries how queries are shown
 */
record AccessLine(LoggedQuery queries) {

  /** Returns the line of a call. */
  String of(ClientCall call, int status, long nanos) {
    JsonLine line =
        new JsonLine()
            .text("time", call.arrival().toString())
            .text("client", call.client().address())
            .text("method", call.method())
            .text("host", call.target().host())
            .text("path", call.target().path())
            .text("query", queries.of(call.target().query()))
            .number("status", status)
            .number("bytes", call.response().bytesWritten())
            .millis("ms", nanos);
    return decided(line, call.passage())
        .text("request_id", call.requestId())
        .text("user_agent", call.fields().first("user-agent"))
        .text("http", version(call.request().version()))
        .toString();
  }

  private static JsonLine decided(JsonLine line, Passage passage) {
    Rule rule = passage.rule();
    line.text("rule", rule == null ? null : rule.id())
        .text("tier", passage.servedBy())
        .text("reason", label(passage.reason()))
        .text("not_stored", label(passage.notStored()));
    if (passage.wasForwarded() && passage.forwardStatus() > 0) {
      line.number("upstream_status", passage.forwardStatus());
    }
    return line.text("upstream_failure", passage.failure());
  }

  private static @Nullable String label(@Nullable Reason reason) {
    return reason == null ? null : reason.label();
  }

  /** Of a version that is none of these the server knows nothing, and it is left out. */
  private static @Nullable String version(@Nullable HttpVersion version) {
    if (version == null) {
      return null;
    }
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }

  /** HTTP/2 has a field of its own for it. */
  private static @Nullable String host(HttpServerRequest request) {
    String host = request.getHeader("host");
    HostAndPort authority = request.version() == HttpVersion.HTTP_2 ? request.authority() : null;
    return host == null && authority != null ? authority.toString() : host;
  }

  /** Returns the line of a request that no call was made of: its target is as it was sent. */
  String of(Beside beside) {
    HttpServerRequest request = beside.request();
    return new JsonLine()
        .text("time", beside.arrival().toString())
        .text("client", beside.client())
        .text("method", request.method().name())
        .text("host", host(request))
        .text("path", request.path())
        .text("query", queries.of(request.query()))
        .number("status", beside.status())
        .number("bytes", request.response().bytesWritten())
        .millis("ms", beside.nanos())
        .text("reason", beside.refused())
        .text("user_agent", request.getHeader("user-agent"))
        .text("http", version(request.version()))
        .toString();
  }
}
