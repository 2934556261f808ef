package org.cistern.camel.call;

import org.cistern.http.uri.UrlVariation;
import org.cistern.rule.Key;

/**
 * The two keys under which an answer may be found where a path's answers speak of its queries.
 *
 * @param shared that of the answers which say this; other queries have it too
 * @param said what they say
 * @param own that of answers to this query alone, which say nothing or another thing
 */
public record QueryKeys(Key shared, UrlVariation said, Key own) {}
