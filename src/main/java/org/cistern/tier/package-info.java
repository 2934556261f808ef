/** Where answers are kept: the contract that every tier holds. */
@NullMarked
package org.cistern.tier;

import org.jspecify.annotations.NullMarked;
