/** Cache directives of requests and responses (RFC 9111 section 5.2, RFC 9213). */
@NullMarked
package org.cistern.http.directive;

import org.jspecify.annotations.NullMarked;
