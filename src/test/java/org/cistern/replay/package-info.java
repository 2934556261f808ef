/** Real traffic, replayed through the whole gateway. */
@NullMarked
package org.cistern.replay;

import org.jspecify.annotations.NullMarked;
