package org.cistern.camel.call;

import org.jspecify.annotations.Nullable;

/** What may go to a client in place of a body that broke off before any of it did. */
@FunctionalInterface
public interface Understudy {

  /** Returns the reply, or null where it may not; called once at most, on the call's loop. */
  @Nullable Reply reply();
}
