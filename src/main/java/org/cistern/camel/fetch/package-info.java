/**
 * What asks the upstream: alone or as a flight's pilot, by the user's route, and what comes of it.
 */
@NullMarked
package org.cistern.camel.fetch;

import org.jspecify.annotations.NullMarked;
