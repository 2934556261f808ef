package org.cistern.camel.call;

import org.cistern.freshness.Verdict;
import org.jspecify.annotations.Nullable;

/** A stale answer that may stand in for an upstream that fails, if its directives allow it. */
public interface StandIn {

  /** Returns the verdict by which it goes out after an error status, or null where it may not. */
  @Nullable Verdict onStatus(int status);

  /** Returns the verdict by which it goes out where no response came, or null. */
  @Nullable Verdict onFailure();
}
