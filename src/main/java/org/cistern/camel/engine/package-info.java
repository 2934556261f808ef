/** The front door: the HTTP server, and the engine that runs routes on its event loops. */
@NullMarked
package org.cistern.camel.engine;

import org.jspecify.annotations.NullMarked;
