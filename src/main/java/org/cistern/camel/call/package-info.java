/** A request on its way along a route, its Camel message, and the reply it gets. */
@NullMarked
package org.cistern.camel.call;

import org.jspecify.annotations.NullMarked;
