/** Origins that answer as tests tell them, well or badly. */
@NullMarked
package org.cistern.fake;

import org.jspecify.annotations.NullMarked;
