/**
 * Which answers are kept: rules, the matcher compiled from them, the cache key and the user in it.
 */
@NullMarked
package org.cistern.rule;

import org.jspecify.annotations.NullMarked;
