package org.cistern.flight;

import org.jspecify.annotations.Nullable;

/**
 * How an answer suits a request that did not fetch it.
 *
 * @param variant the request's own variant, as text, where it needs another one; else null
 * @param reason why the request has to go alone, or null
 */
public record Fit(@Nullable String variant, @Nullable Alone reason) {

  private static final Fit MATCH = new Fit(null, null);

  /** The answer suits. */
  public static Fit match() {
    return MATCH;
  }

  /**
   * The answer is another variant of what is asked for.
   *
   * @param variant the values that select this request's variant; equal text, equal variant
   */
  public static Fit otherVariant(String variant) {
    return new Fit(variant, null);
  }

  /** The answer does not suit, and none that is shared would. */
  public static Fit alone(Alone reason) {
    return new Fit(null, reason);
  }

  /** Tells whether the answer suits. */
  public boolean matches() {
    return variant == null && reason == null;
  }
}
