package org.cistern.camel.engine.log;

import java.util.Set;
import java.util.function.Supplier;
import org.cistern.http.uri.Query;
import org.jspecify.annotations.Nullable;

/**
 * A query as the access log shows it: what names a user is nobody's to read there.
 *
 * @param secrets the parameters that do, by the rules in force
 */
public record LoggedQuery(Supplier<Set<String>> secrets) {

  @Nullable String of(@Nullable String query) {
    Set<String> names = secrets.get();
    return query == null || names.isEmpty() ? query : Query.of(query).masked(names);
  }
}
