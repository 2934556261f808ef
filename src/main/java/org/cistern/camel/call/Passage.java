package org.cistern.camel.call;

import org.cistern.answer.Answer;
import org.cistern.freshness.Reason;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.tier.Level;
import org.jspecify.annotations.Nullable;

/** What the steps have found out about a call: facts that fill up on the way. */
public final class Passage {

  private @Nullable Rule rule;
  private @Nullable Key key;
  private @Nullable String owner;
  private @Nullable Answer stored;
  private @Nullable Level level;
  private @Nullable Reason reason;
  private int forwardStatus;
  private boolean kept;
}
