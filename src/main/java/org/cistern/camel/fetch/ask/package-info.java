/** The route that asks an upstream: who asks together, what goes into it, and how it ended. */
@NullMarked
package org.cistern.camel.fetch.ask;

import org.jspecify.annotations.NullMarked;
