package org.cistern.rule;

import org.jspecify.annotations.Nullable;

/**
 * The primary cache key: what must be equal for two requests to be able to share an answer, before
 * {@code Vary}. Its text is made of length-prefixed parts, so that no value can imitate another.
 *
 * @param text the parts, printable
 */
public record Key(String text) {

  // Written out: what the language would write is assembled at run time, in the first request.
  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key that && text.equals(that.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
