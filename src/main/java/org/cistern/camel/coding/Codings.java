package org.cistern.camel.coding;

import org.cistern.camel.call.Lines;
import org.cistern.camel.call.ReplyHead;
import org.cistern.freshness.Asked;
import org.cistern.http.Headers;
import org.cistern.rule.Rule;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Who codes content: where we make the coded forms ourselves, the upstream is asked for identity,
 * so that one stored answer serves every client.
 *
 * @param enabled whether coded forms are made at all
 */
public record Codings(boolean enabled) {

  private static final String ACCEPT_ENCODING = "accept-encoding";

  /** Returns the fields for a fetch whose answer is to be stored. */
  public Headers forStore(Headers fields, Asked asked) {
    return codes(asked.rule()) ? fields.without(ACCEPT_ENCODING) : fields;
  }

  /**
   * Returns the lines of a response that goes out while it comes; the rule is that of its store.
   */
  public Lines lines(ReplyHead heads, Incoming.Head head, @Nullable Rule rule) {
    return codes(rule)
        ? heads.ofCodable(head.status(), head.headers(), head.version())
        : heads.ofPassing(head.headers(), head.version());
  }

  /** Tells whether coded forms of this rule's answers are made here. */
  public boolean codes(@Nullable Rule rule) {
    return enabled && rule != null && rule.keep().compress();
  }
}
