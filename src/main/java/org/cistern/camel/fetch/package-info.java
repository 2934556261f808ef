/**
 * What asks the upstream, alone or as the pilot of a flight, and hands the client what comes of it.
 */
@NullMarked
package org.cistern.camel.fetch;

import org.jspecify.annotations.NullMarked;
