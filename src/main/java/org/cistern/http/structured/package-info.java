/** Structured field values (RFC 9651). */
@NullMarked
package org.cistern.http.structured;

import org.jspecify.annotations.NullMarked;
