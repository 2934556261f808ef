package org.cistern.flight;

import org.jspecify.annotations.Nullable;

/**
 * How a fill ended.
 *
 * @param failure what readers are reset with, or null where the body came whole
 */
record Ending(@Nullable StreamReset failure) {

  static final Ending CLEAN = new Ending(null);
}
