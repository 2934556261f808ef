/** Where Cistern meets Camel: settings, wiring, and what is told at the start. */
@NullMarked
package org.cistern.camel;

import org.jspecify.annotations.NullMarked;
