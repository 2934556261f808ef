package org.cistern.http.forwarding;

import static org.cistern.http.forwarding.ForwardedElements.isBroken;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.http.IpLiteral;
import org.cistern.http.uri.Target;

/**
 * Where a request came from: what is believed of it, and what the upstream is told (RFC 7239).
 *
 * <p>What proxies wrote is read from the right, as long as the one who wrote it is trusted; the
 * first address that is not is the client, and whatever stands further left is hearsay.
 */
public final class Forwarded {

  // Said about the client by address; a trusted proxy may say so, nobody else.
  private static final Set<String> ADDRESS_FIELDS =
      Set.of(
          "x-real-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-original-forwarded-for",
          "x-proxyuser-ip",
          "client-ip",
          "true-client-ip",
          "cf-connecting-ip",
          "fastly-client-ip");

  // Would give the request another target than the one that is matched and keyed.
  private static final Set<String> TARGET_FIELDS =
      Set.of(
          "x-host",
          "x-original-host",
          "x-original-method",
          "x-original-uri",
          "x-original-url",
          "x-rewrite-url",
          "x-url-scheme",
          "x-http-host-override",
          "front-end-https");

  // Origins that read an underscore as a hyphen would take these for what we say ourselves, or have
  // taken off. (What is spelt with hyphens is dealt with elsewhere.)
  private static final Set<String> OURS =
      Set.of(
          "host", "content-length", "x-http-method-override", "x-http-method", "x-method-override");

  // Written for each client, so that the upstream has another value than the client sent. The
  // scheme is left out: every key has it, and the rest of X-Forwarded- reaches no upstream at all.
  private static final Set<String> TOLD =
      Set.of("forwarded", "x-forwarded-for", "x-forwarded-host");

  private Forwarded() {}

  /**
   * Tells whether the upstream gets its own value of this field from us; the name in lower case.
   */
  public static boolean tells(String name) {
    return TOLD.contains(name);
  }

  /**
   * Returns who asks.
   *
   * @param fields the fields of the request
   * @param peer what the connection says
   * @param trusted whose word is taken
   * @param notation what the trusted proxies write; the other notation is not looked at
   */
  public static Client client(
      Fields fields, Peer peer, TrustedProxies trusted, ForwardingNotation notation) {
    if (!trusted.trusts(peer.address())) {
      return Client.of(peer, false);
    }
    Client client = Client.of(peer, true);
    List<ForwardedHop> hops = notation.hops(fields);
    for (int i = hops.size() - 1; i >= 0 && trusted.trusts(client.address()); i--) {
      client = client.before(hops.get(i));
      // A hop without an address leaves nobody to vouch for what stands before it.
      if (hops.get(i).address() == null) {
        return client;
      }
    }
    return client;
  }

  /**
   * Returns the fields for the upstream: the notation's own lines, continued behind a trusted proxy
   * and begun anew otherwise, and no other field that speaks of the client, the scheme or the host.
   *
   * @param fields the request's fields, hop-by-hop fields taken off
   * @param client who asks
   * @param target what is asked for, whose scheme and host are told
   * @param notation what the upstream reads, and what trusted proxies before us wrote
   */
  public static Headers outgoing(
      Headers fields, Client client, Target target, ForwardingNotation notation) {
    Headers.Builder lines = untaken(fields, client);
    if (notation == ForwardingNotation.FORWARDED) {
      lines.add("Forwarded", continued(fields, "Forwarded", element(client, target), client));
    } else {
      lines.add("X-Forwarded-For", continued(fields, "X-Forwarded-For", client.peer(), client));
      lines.add("X-Forwarded-Proto", target.scheme());
      lines.add("X-Forwarded-Host", target.host());
    }
    return lines.build();
  }

  private static Headers.Builder untaken(Headers fields, Client client) {
    Headers.Builder lines = Headers.builder();
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.name(i);
      if (!isTakenOff(name, client)) {
        lines.add(name, fields.value(i));
      }
    }
    return lines;
  }

  private static boolean isTakenOff(String name, Client client) {
    return name.indexOf('_') < 0
        ? mayBeTaken(name) && isTaken(lower(name), client)
        : isTakenOffAsRead(lower(name).replace('_', '-'), client);
  }

  /** Many origins know names as variables (RFC 3875 section 4.1.18), which have no hyphens. */
  private static boolean isTakenOffAsRead(String read, Client client) {
    return isTaken(read, client) || OURS.contains(read) || HopByHop.is(read);
  }

  /** Most names are passed by at their first letter. */
  private static boolean mayBeTaken(String name) {
    return !name.isEmpty()
        && switch (name.charAt(0)) {
          case 'x', 'X', 'f', 'F', 'c', 'C', 't', 'T', 'p', 'P' -> true;
          default -> false;
        };
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean isTaken(String name, Client client) {
    return name.startsWith("x-forwarded-")
        || name.equals("x-forwarded")
        || name.equals("forwarded")
        // As a variable it is HTTP_PROXY, by which libraries are told where to send all they ask.
        || name.equals("proxy")
        || TARGET_FIELDS.contains(name)
        || (!client.throughTrusted() && ADDRESS_FIELDS.contains(name));
  }

  private static String continued(Headers fields, String name, String own, Client client) {
    if (!client.throughTrusted()) {
      return own;
    }
    // A line that is broken, say by an open quote, would swallow what is written behind it.
    List<String> lines = new ArrayList<>(fields.all(name));
    lines.removeIf(line -> line.isBlank() || (name.equals("Forwarded") && isBroken(line)));
    lines.add(own);
    return String.join(", ", lines);
  }

  private static String element(Client client, Target target) {
    return "for="
        + node(client.peer())
        + ";host=\""
        + target.host()
        + "\";proto="
        + target.scheme();
  }

  private static String node(String address) {
    byte[] bytes = IpLiteral.parse(address);
    if (bytes == null) {
      return "unknown";
    }
    String text = IpLiteral.format(bytes);
    return bytes.length == 4 ? text : "\"[" + text + "]\"";
  }
}
