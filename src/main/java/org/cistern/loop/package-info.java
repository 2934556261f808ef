/** What everything on one event loop shares: the end of a round of work, and the time-outs. */
@NullMarked
package org.cistern.loop;

import org.jspecify.annotations.NullMarked;
