/** Tests of what everything on one event loop shares. */
@NullMarked
package org.cistern.loop;

import org.jspecify.annotations.NullMarked;
