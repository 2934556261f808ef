/** What must outlive a restart and is not an answer. */
@NullMarked
package org.cistern.state;

import org.jspecify.annotations.NullMarked;
