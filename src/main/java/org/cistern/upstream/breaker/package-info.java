/** The circuit breaker, a class per phase. */
@NullMarked
package org.cistern.upstream.breaker;

import org.jspecify.annotations.NullMarked;
