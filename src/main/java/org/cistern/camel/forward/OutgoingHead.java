package org.cistern.camel.forward;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import java.util.stream.Stream;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.RequestIds;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.http.forwarding.Client;
import org.cistern.http.forwarding.Forwarded;
import org.cistern.http.forwarding.ForwardingNotation;
import org.cistern.http.forwarding.Via;
import org.cistern.http.uri.Target;
import org.jspecify.annotations.Nullable;

/**
 * Makes the heads of requests to upstreams: without the fields of the client's connection, with our
 * word on where the request came from.
 *
 * @param notations the forwarding fields that the upstream gets
 * @param via whether {@code Via} names us
 * @param clientHost the names of the upstreams that get the client's Host and not their own
 * @param tracing what becomes of a trace
 */
public record OutgoingHead(
    Set<ForwardingNotation> notations, boolean via, Set<String> clientHost, Tracing tracing) {

  private static final String FORWARDED = "Forwarded";

  public OutgoingHead {
    notations = Set.copyOf(notations);
    clientHost = Set.copyOf(clientHost);
  }

  /** Returns the head for a client's own request, as it came. */
  public MultiMap of(ClientCall call) {
    MultiMap head = of(call, call.fields());
    LastHop.count(call, head);
    if (call.awaitsContinue()) {
      head.set(HttpHeaders.EXPECT, HttpHeaders.CONTINUE);
    }
    return head;
  }

  /** Returns the head for a client's request with other fields. */
  public MultiMap of(ClientCall call, Fields fields) {
    Headers head = forwarding(HopByHop.strip(fields), call.client(), call.target());
    MultiMap map = map(head);
    if (via) {
      map.add("via", Via.CISTERN.entry(version(call)));
    }
    if (takesTrailers(fields)) {
      map.set("te", "trailers");
    }
    String id = call.requestId();
    if (id != null) {
      map.set(RequestIds.FIELD, id);
    }
    tracing.apply(map);
    return map;
  }

  /** Trailers that the client takes go through us, so we take them too (RFC 9110, 10.1.4). */
  private static boolean takesTrailers(Fields fields) {
    String taken = fields.joined("te");
    return taken != null
        && Stream.of(taken.split(",", -1)).anyMatch(x -> x.strip().equalsIgnoreCase("trailers"));
  }

  private Headers forwarding(Headers head, Client client, Target target) {
    if (notations.size() == 1) {
      return Forwarded.outgoing(head, client, target, notations.iterator().next());
    }
    // Proxies write the older one, where both are told; they let a client's own newer one through.
    Headers unsaid = head.without(FORWARDED);
    Headers newer = Forwarded.outgoing(unsaid, client, target, ForwardingNotation.FORWARDED);
    String element = newer.first(FORWARDED);
    if (notations.isEmpty() || element == null) {
      return newer.without(FORWARDED);
    }
    Headers older = Forwarded.outgoing(head, client, target, ForwardingNotation.X_FORWARDED);
    return older.with(FORWARDED, element);
  }

  /** Returns the value of Host, or null for that of the upstream of this name. */
  public @Nullable String host(OriginCall call, String upstream) {
    return clientHost.contains(upstream) ? call.target().host() : null;
  }

  private static MultiMap map(Headers head) {
    MultiMap map = HttpHeaders.headers();
    for (int i = 0; i < head.size(); i++) {
      if (!isOurs(head.name(i))) {
        map.add(head.name(i), head.value(i));
      }
    }
    return map;
  }

  /** Framing and host follow from the body and the upstream; they are not copied. */
  private static boolean isOurs(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("host");
      case 6 -> name.equalsIgnoreCase("expect");
      case 14 -> name.equalsIgnoreCase("content-length");
      default -> false;
    };
  }

  private static String version(ClientCall call) {
    HttpVersion version = call.request().version();
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }
}
