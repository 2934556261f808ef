/** The streaming HTTP client, the instances behind it and their health. */
@NullMarked
package org.cistern.upstream;

import org.jspecify.annotations.NullMarked;
