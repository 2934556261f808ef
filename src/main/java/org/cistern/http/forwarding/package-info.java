/**
 * Who asked before us and who asks on: addresses, hops, traces (RFC 7239, RFC 9110 section 7.6.3).
 */
@NullMarked
package org.cistern.http.forwarding;

import org.jspecify.annotations.NullMarked;
