/** What all that runs on the event loops shares: rounds of work, time-outs, bounds on memory. */
@NullMarked
package org.cistern.loop;

import org.jspecify.annotations.NullMarked;
