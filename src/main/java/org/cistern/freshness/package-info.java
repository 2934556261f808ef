/** RFC 9111 as pure functions: is it fresh, may it be stored, must we ask. */
@NullMarked
package org.cistern.freshness;

import org.jspecify.annotations.NullMarked;
