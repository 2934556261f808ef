/** What must never happen: one user's answer for another, and an entry that somebody poisoned. */
@NullMarked
package org.cistern.safety;

import org.jspecify.annotations.NullMarked;
