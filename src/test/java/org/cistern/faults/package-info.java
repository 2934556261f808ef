/** Faults of the whole gateway and around it: killed, cut off, full, flooded, set up wrongly. */
@NullMarked
package org.cistern.faults;

import org.jspecify.annotations.NullMarked;
