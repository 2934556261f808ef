package org.cistern.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;

/** Heads of messages between our form and that of Vert.x; each field is copied once. */
final class Heads {

  // Spelt as in the RFC, for servers that are not used to anything else.
  private static final CharSequence HOST = HttpHeaders.createOptimized("Host");
  private static final CharSequence LENGTH = HttpHeaders.createOptimized("Content-Length");

  private Heads() {}

  /** Writes method, target and fields of a request; framing and host follow from the request. */
  static void write(Outgoing outgoing, Instance instance, HttpClientRequest request) {
    request.setMethod(HttpMethod.valueOf(outgoing.method()));
    request.setURI(instance.basePath() + outgoing.target());
    host(outgoing, instance, request);
    MultiMap fields = request.headers();
    outgoing
        .headers()
        .each(
            (name, value) -> {
              if (!isOurs(name)) {
                fields.add(name, value);
              }
            });
    if (outgoing.upgrade() != null) {
      fields.add("Connection", "Upgrade").add("Upgrade", outgoing.upgrade());
    } else if (request.version() != HttpVersion.HTTP_2 && outgoing.headers().has("TE")) {
      // It is about this connection, and has to be listed (RFC 9110 section 10.1.4).
      fields.add("Connection", "TE");
    }
    frame(outgoing, request);
  }

  private static void host(Outgoing outgoing, Instance instance, HttpClientRequest request) {
    String host = outgoing.host() != null ? outgoing.host() : instance.authority();
    if (request.version() == HttpVersion.HTTP_2) {
      request.authority(HostAndPort.parseAuthority(host, -1));
    } else {
      request.headers().add(HOST, host);
    }
  }

  private static boolean isOurs(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("Host");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  /** States the body's length, where there is one or where its absence must be said. */
  private static void frame(Outgoing outgoing, HttpClientRequest request) {
    if (outgoing.body() != null && outgoing.length() < 0) {
      request.setChunked(true);
    } else if (outgoing.body() != null || meansBody(outgoing.method())) {
      request.headers().add(LENGTH, Long.toString(outgoing.length()));
    }
  }

  /** RFC 9110 section 8.6: these say that they have no content. */
  private static boolean meansBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /** Reads the head of a response. */
  static Incoming.Head read(
      HttpClientResponse response, String method, Instant requestTime, Instant responseTime) {
    boolean bodiless = bodiless(method, response.statusCode());
    MultiMap fields = response.headers();
    long length = bodiless ? 0 : length(fields);
    boolean closeDelimited =
        !bodiless
            && length < 0
            && response.version() != HttpVersion.HTTP_2
            && !fields.contains(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED, true);
    Headers kept = response.statusCode() == 101 ? switching(fields) : fields(fields);
    return new Incoming.Head(
        response.statusCode(),
        kept,
        length,
        closeDelimited,
        HopByHop.maims(fields.getAll(HttpHeaders.CONNECTION)) || isOddlyFramed(fields),
        requestTime,
        responseTime,
        version(response.version()));
  }

  private static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }

  /** Others may find its end elsewhere: it goes to the client that asked, and into no store. */
  private static boolean isOddlyFramed(MultiMap fields) {
    List<String> codings = fields.getAll(HttpHeaders.TRANSFER_ENCODING);
    return codings.size() > 1 || (codings.size() == 1 && isDoubtful(codings.get(0).strip()));
  }

  /**
   * A coding that nobody knows leaves the end to the connection; one that is half known does not.
   */
  private static boolean isDoubtful(String coding) {
    boolean mentioned = coding.toLowerCase(Locale.ROOT).contains("chunked");
    return mentioned && !coding.equalsIgnoreCase("chunked");
  }

  /** The protocol changed to must be known to whoever writes the 101 on. */
  private static Headers switching(MultiMap fields) {
    String protocol = fields.get("Upgrade");
    return protocol == null
        ? fields(fields)
        : fields(fields).toBuilder().add("Upgrade", protocol).build();
  }

  /** RFC 9112 section 6.3: these have no body, whatever their fields say. */
  private static boolean bodiless(String method, int status) {
    return method.equals("HEAD") || status == 204 || status == 304 || status < 200;
  }

  private static long length(MultiMap fields) {
    String declared = fields.get(HttpHeaders.CONTENT_LENGTH);
    return declared == null || fields.contains(HttpHeaders.TRANSFER_ENCODING)
        ? -1
        : number(declared);
  }

  /** The decoders let pass nothing but digits; what does not fit into a number is not trusted. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Returns the end-to-end fields of a response, or its trailers. */
  static Headers fields(MultiMap fields) {
    return endToEnd(fields.iterator(), HopByHop.listed(fields.getAll(HttpHeaders.CONNECTION)));
  }

  /** Returns the end-to-end fields of an interim response. */
  static Headers fields(io.netty.handler.codec.http.HttpHeaders fields) {
    return endToEnd(fields.iteratorAsString(), HopByHop.listed(fields.getAll("Connection")));
  }

  private static Headers endToEnd(Iterator<Map.Entry<String, String>> lines, List<String> listed) {
    Headers.Builder kept = Headers.builder();
    while (lines.hasNext()) {
      Map.Entry<String, String> line = lines.next();
      if (!HopByHop.is(line.getKey(), listed)) {
        kept.add(line.getKey(), line.getValue());
      }
    }
    return kept.build();
  }
}
