/** L3, the tier on this machine's disk. */
@NullMarked
package org.cistern.tier.disk;

import org.jspecify.annotations.NullMarked;
