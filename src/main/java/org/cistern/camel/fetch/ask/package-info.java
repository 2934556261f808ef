/** The route that asks an upstream: what goes into it, and how it ended. */
@NullMarked
package org.cistern.camel.fetch.ask;

import org.jspecify.annotations.NullMarked;
