package org.cistern.camel.component;

import io.vertx.core.MultiMap;
import java.util.Set;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.OriginCall;
import org.cistern.http.Client;
import org.cistern.http.Fields;
import org.cistern.http.Forwarded;
import org.cistern.http.ForwardingNotation;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.http.Via;
import org.jspecify.annotations.Nullable;

/**
 * Makes the heads of requests to upstreams: without the fields of the client's connection, with our
 * word on where the request came from.
 *
 * @param notations the forwarding fields that the upstream gets
 * @param via whether {@code Via} names us
 * @param clientHost whether the upstream gets the client's Host and not its own
 */
public record OutgoingHead(Set<ForwardingNotation> notations, boolean via, boolean clientHost) {

  /** Framing and host follow from the body and the upstream; they are not copied. */
  private static final Set<String> OURS = Set.of("host", "content-length", "expect");

  public OutgoingHead {
    notations = Set.copyOf(notations);
  }

  /** Returns the head for a client's own request, as it came. */
  MultiMap of(ClientCall call) {
    return of(call, call.fields());
  }

  /** Returns the head for a client's request with other fields. */
  MultiMap of(ClientCall call, Fields fields) {
    Headers head = HopByHop.strip(fields);
    Client client = call.client();
    for (ForwardingNotation notation : notations) {
      head = Forwarded.outgoing(head, client, call.target(), notation);
    }
    return map(via ? Via.CISTERN.appended(head, version(call)) : head);
  }

  /** Returns the value of Host, or null for the upstream's own. */
  @Nullable String host(OriginCall call) {
    return clientHost ? call.target().host() : null;
  }

  private static MultiMap map(Headers head) {
    MultiMap map = io.vertx.core.http.HttpHeaders.headers();
    for (int i = 0; i < head.size(); i++) {
      if (!OURS.contains(head.name(i).toLowerCase(java.util.Locale.ROOT))) {
        map.add(head.name(i), head.value(i));
      }
    }
    return map;
  }

  private static String version(ClientCall call) {
    return switch (call.request().version()) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }
}
