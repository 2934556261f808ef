package org.cistern.rule;

/** What shapes the key of an answer, beside scheme, host and method, which are in every key. */
public enum KeyStrategy {
  /** The path. */
  PATH,
  /** Path and query. */
  PATH_PARAMS,
  /** Path and the headers that the rule names in {@code vary_on}. */
  PATH_HEADERS,
  /** Path, query and those headers. */
  PATH_PARAMS_HEADERS,
  /** Path, query and the user. */
  PATH_PARAMS_USER,
  /** What {@code key_parts} lists, and with {@code body: true} the request's body. */
  CUSTOM
}
