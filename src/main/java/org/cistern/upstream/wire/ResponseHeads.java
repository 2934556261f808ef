package org.cistern.upstream.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.upstream.message.Incoming;

/** The heads of responses, from the form of Vert.x into ours; each field is copied once. */
public final class ResponseHeads {

  private static final Set<String> CODINGS =
      Set.of("gzip", "x-gzip", "deflate", "compress", "x-compress");

  private ResponseHeads() {}

  /** Reads the head of a response that is not coded. */
  public static Incoming.Head read(
      Arrival arrival, String method, Instant requestTime, Instant responseTime) {
    boolean bodiless = bodiless(method, arrival.status());
    MultiMap fields = arrival.fields();
    long length = bodiless ? 0 : length(fields);
    boolean closeDelimited =
        !bodiless
            && length < 0
            && arrival.version() != HttpVersion.HTTP_2
            && !fields.contains(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED, true);
    Headers kept = arrival.status() == 101 ? switching(fields) : fields(fields);
    return new Incoming.Head(
        arrival.status(),
        kept,
        length,
        closeDelimited,
        HopByHop.maims(fields.getAll(HttpHeaders.CONNECTION)) || isOddlyFramed(fields),
        requestTime,
        responseTime,
        version(arrival.version()));
  }

  private static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }

  /**
   * Tells whether the content of a response is coded for its transfer in a way that nobody here
   * takes off, or whether it is chunked twice (RFC 9112 sections 6.1 and 7). A coding that is no
   * known one is nonsense in a field, and the content as plain as without it.
   */
  public static boolean isCoded(MultiMap fields) {
    if (!fields.contains(HttpHeaders.TRANSFER_ENCODING)) {
      return false;
    }
    int chunked = 0;
    for (String coding : codings(fields)) {
      if (CODINGS.contains(coding)) {
        return true;
      }
      chunked += coding.equals("chunked") ? 1 : 0;
    }
    return chunked > 1;
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

  private static List<String> codings(MultiMap fields) {
    String all = String.join(",", fields.getAll(HttpHeaders.TRANSFER_ENCODING));
    return Stream.of(all.toLowerCase(Locale.ROOT).split(","))
        .map(coding -> coding.split(";", 2)[0].strip())
        .toList();
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
  public static Headers fields(MultiMap fields) {
    return endToEnd(fields.iterator(), HopByHop.listed(fields.getAll(HttpHeaders.CONNECTION)));
  }

  /** Returns the trailers but for those that the head lists (RFC 9110 section 7.6.1). */
  public static Headers trailers(MultiMap head, MultiMap trailers) {
    if (trailers.isEmpty()) {
      return Headers.empty();
    }
    List<String> connection = new ArrayList<>(head.getAll(HttpHeaders.CONNECTION));
    connection.addAll(trailers.getAll(HttpHeaders.CONNECTION));
    return endToEnd(trailers.iterator(), HopByHop.listed(connection));
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
