/** The parsers under a fuzzer. */
@NullMarked
package org.cistern.fuzz;

import org.jspecify.annotations.NullMarked;
