/** The purge log: barriers, positions, and what they cover. */
@NullMarked
package org.cistern.purge;

import org.jspecify.annotations.NullMarked;
