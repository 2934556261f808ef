package org.cistern.camel.forward;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.cistern.http.forwarding.TraceParent;
import org.jspecify.annotations.Nullable;

/** What becomes of a request's place in a distributed trace on its way to the upstream. */
public enum Tracing {
  /** A trace that the request brought goes on; one that cannot be read is begun anew. */
  CONTINUE,
  /**
   * As before, and a request without a trace begins one. It says that nobody recorded it, which an
   * upstream may take for a wish; so this is not the default.
   */
  ALWAYS,
  /** The fields pass as they came. */
  PASS;

  // In the form that knows its hash: every request is asked for it.
  private static final AsciiString PARENT = AsciiString.cached(TraceParent.FIELD);

  private static final String STATE = "tracestate";

  /** Sets the fields of a request to the upstream. */
  void apply(MultiMap head) {
    String came = head.get(PARENT);
    if (this == PASS || (this == CONTINUE && came == null)) {
      return;
    }
    RandomGenerator random = ThreadLocalRandom.current();
    TraceParent parent = read(head, came);
    if (parent == null) {
      head.remove(STATE);
    }
    TraceParent own = parent == null ? TraceParent.begin(random, false) : parent.child(random);
    head.set(PARENT, own.format());
  }

  /** A field that comes twice is as good as none (W3C Trace Context, section 4.3). */
  private static @Nullable TraceParent read(MultiMap head, @Nullable String came) {
    return came == null || head.getAll(PARENT).size() != 1 ? null : TraceParent.parse(came);
  }
}
