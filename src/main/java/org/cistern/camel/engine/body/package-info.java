/**
 * The bodies of requests for routes on worker threads: read whole, and forms with the files in
 * them.
 */
@NullMarked
package org.cistern.camel.engine.body;

import org.jspecify.annotations.NullMarked;
