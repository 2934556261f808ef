package org.cistern.camel.call;

import java.util.Locale;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;
import org.cistern.http.forwarding.Via;

/**
 * The head of a reply, out of the head of an answer: what the gateway has to add, and without what
 * it says itself.
 *
 * @param via whether {@code Via} names us
 */
public record ReplyHead(boolean via) {

  private static final String ENTRY = Via.CISTERN.entry("1.1");

  /** Our entry in {@code Via} (RFC 9110 section 7.6.3). */
  private static String entry(String version) {
    return version.equals("1.1") ? ENTRY : Via.CISTERN.entry(version);
  }

  /** Returns the head of a stored answer, without the lines that change with the clock. */
  public Lines ofStored(Answer answer) {
    Headers.Builder head = answer.headers().toBuilder().removeIf((name, value) -> isOurs(name));
    if (!answer.headers().has("Date")) {
      head.add("Date", HttpDate.format(answer.responseTime()));
    }
    if (Codable.is(answer)) {
      varyOnCoding(answer.headers(), head);
    }
    return Lines.of(named(head, "1.1"));
  }

  /** Both forms say that there are two (RFC 9110 section 12.5.5). */
  private static void varyOnCoding(Headers stored, Headers.Builder head) {
    String vary = stored.joined("Vary");
    if (vary == null) {
      head.add("Vary", "Accept-Encoding");
    } else if (!vary.toLowerCase(Locale.ROOT).contains("accept-encoding")) {
      head.set("Vary", vary + ", Accept-Encoding");
    }
  }

  /**
   * Returns the head of a response that goes to the client as it comes.
   *
   * @param version the version of HTTP that it came in
   */
  public Lines ofPassing(Headers headers, String version) {
    return Lines.of(via ? headers.with("Via", entry(version)) : headers);
  }

  /**
   * Returns the head of a response that is stored, or could be, where we make the coded forms:
   * whoever comes later may get another form than this one.
   */
  public Lines ofCodable(int status, Headers headers, String version) {
    if (!Codable.is(status, headers)) {
      return ofPassing(headers, version);
    }
    Headers.Builder head = headers.toBuilder();
    varyOnCoding(headers, head);
    return Lines.of(named(head, version));
  }

  private Headers named(Headers.Builder head, String version) {
    return via ? head.add("Via", entry(version)).build() : head.build();
  }

  private static boolean isOurs(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "age", "cache-status", "content-length" -> true;
      default -> false;
    };
  }
}
