package org.cistern.rule;

/**
 * The primary cache key: what must be equal for two requests to be able to share an answer, before
 * {@code Vary}. Its text is made of length-prefixed parts, so that no value can imitate another.
 *
 * @param text the parts, printable
 */
public record Key(String text) {

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
