/** L1, the tier in this process' memory. */
@NullMarked
package org.cistern.tier.memory;

import org.jspecify.annotations.NullMarked;
