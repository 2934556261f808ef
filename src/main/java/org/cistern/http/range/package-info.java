/** Byte ranges (RFC 9110 section 14). */
@NullMarked
package org.cistern.http.range;

import org.jspecify.annotations.NullMarked;
