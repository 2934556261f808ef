/** The steps of the request path, as the Camel component {@code cistern}. */
@NullMarked
package org.cistern.camel.component;

import org.jspecify.annotations.NullMarked;
