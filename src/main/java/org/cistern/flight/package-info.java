/** One flight per key: requests that miss together ask the upstream once. */
@NullMarked
package org.cistern.flight;

import org.jspecify.annotations.NullMarked;
