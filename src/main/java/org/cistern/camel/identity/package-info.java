/** Whose word is taken on who somebody is: bearer tokens and the keys that verify them. */
@NullMarked
package org.cistern.camel.identity;

import org.jspecify.annotations.NullMarked;
