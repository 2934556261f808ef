/** Which answers are kept: rules, the matcher compiled from them, and the cache key. */
@NullMarked
package org.cistern.rule;

import org.jspecify.annotations.NullMarked;
