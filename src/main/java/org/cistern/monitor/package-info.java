/** Metrics: what is counted and timed, under which names. */
@NullMarked
package org.cistern.monitor;

import org.jspecify.annotations.NullMarked;
