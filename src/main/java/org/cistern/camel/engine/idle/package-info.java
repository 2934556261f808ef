/** Connections of clients that nothing moves on any more, and how that is noticed. */
@NullMarked
package org.cistern.camel.engine.idle;

import org.jspecify.annotations.NullMarked;
