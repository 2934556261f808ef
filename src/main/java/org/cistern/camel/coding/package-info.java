/** The forms of content: coded, in part, or none of it where a condition says so. */
@NullMarked
package org.cistern.camel.coding;

import org.jspecify.annotations.NullMarked;
