/** Content codings and which of them a client takes (RFC 9110 section 12.5.3). */
@NullMarked
package org.cistern.http.coding;

import org.jspecify.annotations.NullMarked;
