package org.cistern.rule;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token says.
 *
 * @param claims the claims by name, {@code sub} among them; values that are no text as their JSON
 * @param expires when it ends, or null where it says nothing of it
 */
public record VerifiedToken(Map<String, String> claims, @Nullable Instant expires) {
  public VerifiedToken {
    claims = Map.copyOf(claims);
  }
}
