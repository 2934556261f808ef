/** The stored value: an answer, its body, and the byte form it has in Redis and on disk. */
@NullMarked
package org.cistern.answer;

import org.jspecify.annotations.NullMarked;
