package org.cistern.camel.call;

import java.util.Locale;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;

/**
 * The head of a reply, out of the head of an answer: what the gateway has to add, and without what
 * it says itself.
 *
 * @param via whether {@code Via} names us
 */
public record ReplyHead(boolean via) {

  /** Our entry in {@code Via} (RFC 9110 section 7.6.3). */
  static final String VIA = "1.1 cistern";

  /** Returns the head of a stored answer, without the lines that change with the clock. */
  public Lines ofStored(Answer answer) {
    Headers.Builder head = answer.headers().toBuilder().removeIf((name, value) -> isOurs(name));
    if (!answer.headers().has("Date")) {
      head.add("Date", HttpDate.format(answer.responseTime()));
    }
    return Lines.of(named(head));
  }

  /** Returns the head of a response that goes to the client as it comes. */
  public Lines ofPassing(Headers headers) {
    return via ? Lines.of(named(headers.toBuilder())) : Lines.of(headers);
  }

  private Headers named(Headers.Builder head) {
    return via ? head.add("Via", VIA).build() : head.build();
  }

  private static boolean isOurs(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "age", "cache-status" -> true;
      default -> false;
    };
  }
}
