package org.cistern.camel.forward;

import io.vertx.core.MultiMap;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Lines;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.jspecify.annotations.Nullable;

/** How far a request may go that asks after the way itself (RFC 9110 section 7.6.2). */
public final class LastHop {

  private static final String FIELD = "max-forwards";

  private LastHop() {}

  /** Returns the reply to a request that ends here, or null where it goes on. */
  public static @Nullable Reply reply(ClientCall call) {
    if (!asksAfterTheWay(call) || left(call) != 0) {
      return null;
    }
    if (call.method().equals("OPTIONS")) {
      return Reply.bare(204, Lines.none());
    }
    return Refusals.notTraced();
  }

  /** Counts this hop. */
  static void count(ClientCall call, MultiMap head) {
    if (asksAfterTheWay(call) && left(call) > 0) {
      head.set(FIELD, String.valueOf(left(call) - 1));
    }
  }

  private static boolean asksAfterTheWay(ClientCall call) {
    return call.method().equals("TRACE") || call.method().equals("OPTIONS");
  }

  /** Returns the number of hops left, or -1 where the field is not there or says none. */
  private static int left(ClientCall call) {
    String text = call.fields().first(FIELD);
    return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }
}
