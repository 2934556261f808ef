/** The program. */
@NullMarked
package org.cistern;

import org.jspecify.annotations.NullMarked;
