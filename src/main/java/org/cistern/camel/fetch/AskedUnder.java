package org.cistern.camel.fetch;

import java.util.LinkedHashSet;
import java.util.Set;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.fetch.ask.WholeIncoming;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Invalidation;
import org.cistern.http.Fields;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.TargetParser;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * The URLs under which an upstream was asked: those of its instances, and those with the Host that
 * it was told. A response that names one of them in {@code Location} means its client's own origin;
 * no other upstream may speak for them, nor a step that answers by itself.
 */
final class AskedUnder {

  private AskedUnder() {}

  /** Returns them where the response to a call has a use for them, and else none. */
  static Set<Target> of(@Nullable OriginCall call, Incoming incoming, Services services) {
    Upstream upstream = call == null ? null : call.answering();
    if (call == null || upstream == null || !mayName(call, incoming)) {
      return Set.of();
    }
    return of(upstream, services.outgoing().host(call, call.upstream()));
  }

  private static boolean mayName(OriginCall call, Incoming incoming) {
    Fields head = incoming.head().headers();
    return Invalidation.isUnsafe(call.method())
        && !(incoming instanceof WholeIncoming)
        && (head.has("location") || head.has("content-location"));
  }

  /** Returns them for an upstream that was told this Host, or its own where that is null. */
  static Set<Target> of(Upstream upstream, @Nullable String told) {
    Set<Target> urls = new LinkedHashSet<>();
    for (Instance instance : upstream.instances()) {
      add(urls, instance, instance.authority());
      if (told != null) {
        add(urls, instance, told);
      }
    }
    return urls;
  }

  private static void add(Set<Target> urls, Instance instance, String authority) {
    String scheme = instance.tls() ? "https" : "http";
    String path = instance.basePath().isEmpty() ? "/" : instance.basePath();
    if (TargetParser.parse("GET", scheme, authority, path) instanceof Target url) {
      urls.add(url);
    }
  }
}
