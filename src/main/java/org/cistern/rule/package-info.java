/** What is kept and for how long: the rules, and the cache key with the user in it. */
@NullMarked
package org.cistern.rule;

import org.jspecify.annotations.NullMarked;
