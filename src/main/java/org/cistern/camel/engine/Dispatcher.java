package org.cistern.camel.engine;

import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.camel.engine.write.Closing;
import org.cistern.http.uri.LaxPath;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.TargetParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where each request goes: through the door that is closest to it, or away with a reason. */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final Supplier<Reply> NO_ROUTE =
      () -> Refusals.problem(503, "No route", "No route of the gateway takes requests yet.");

  private static final Supplier<Reply> NOWHERE =
      () -> Refusals.problem(404, "Not found", "No route of the gateway takes this path.");

  private static final Supplier<Reply> METHOD =
      () -> Refusals.problem(405, "Method not allowed", "No route takes this method here.");

  private static final Supplier<Reply> VERSION =
      () ->
          Refusals.problem(
              505, "HTTP version not supported", "HTTP 1.0, 1.1 and 2 are understood, no other.");

  /** Who guards a path with a route must not be gone past by another spelling. */
  private static final String DOUBTFUL =
      "Some servers read the path as one of another route: it has '//', ';' or '%2F'.";

  private final Doors doors;
  private final Intake intake;

  Dispatcher(Doors doors, Intake intake) {
    this.doors = doors;
    this.intake = intake;
  }

  /** Takes a request from the server; it gets a reply in any case. */
  void dispatch(HttpServerRequest request) {
    try {
      if (!Closing.isAnnounced(request)) {
        admit(request);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "the request {} {} could not be handled", request.method(), pathOf(request.uri()), e);
      intake
          .refused()
          .with(
              request,
              Refusals.problem(500, "Gateway failed", "The gateway failed; the log has more."));
    }
  }

  private void admit(HttpServerRequest request) {
    if (request.version() == null) {
      intake.refused().with(request, VERSION.get());
      return;
    }
    String problem = Framing.problem(request);
    if (problem == null) {
      route(request);
    } else {
      intake.refused().badRequest(request, 400, problem);
    }
  }

  private void route(HttpServerRequest request) {
    Door only = doors.only();
    if (only != null) {
      only.handler().handle(request);
    } else {
      choose(request, pathOf(request.uri()), request.method().name());
    }
  }

  private void choose(HttpServerRequest request, String path, String method) {
    Door door = doors.of(path, method);
    String lax = LaxPath.of(path);
    if (!lax.equals(path) && !Objects.equals(doors.of(lax, method), door)) {
      intake.refused().badRequest(request, 400, DOUBTFUL);
    } else if (door != null) {
      door.handler().handle(request);
    } else {
      turnAway(request);
    }
  }

  private void turnAway(HttpServerRequest request) {
    Set<String> methods = doors.methods(pathOf(request.uri()));
    if (!methods.isEmpty()) {
      request.response().putHeader("allow", String.join(", ", methods));
      intake.refused().with(request, METHOD.get());
    } else if (doors.isEmpty()) {
      request.response().putHeader("retry-after", "1");
      intake.refused().with(request, NO_ROUTE.get());
    } else {
      intake.refused().with(request, NOWHERE.get());
    }
  }

  /**
   * Returns the path of a target. Spellings that mean the same enter by the same door; what has no
   * normal form is refused behind each of them.
   */
  private static String pathOf(@Nullable String uri) {
    if (uri == null) {
      return "";
    }
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    return path.startsWith("/") && path.indexOf('%') < 0 ? path : normal(path);
  }

  private static String normal(String path) {
    return TargetParser.parse("GET", "http", "any", path) instanceof Target target
        ? target.path()
        : path;
  }
}
