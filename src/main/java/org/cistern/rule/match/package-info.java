/** Which rule speaks of a request: patterns, compiled into an index. */
@NullMarked
package org.cistern.rule.match;

import org.jspecify.annotations.NullMarked;
