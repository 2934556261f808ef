/**
 * What a request asks for: method, host, path and query, read once and normalised (RFC 3986, RFC
 * 9112 section 3).
 */
@NullMarked
package org.cistern.http.uri;

import org.jspecify.annotations.NullMarked;
