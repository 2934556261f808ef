/** What puts answers into the tiers, and takes to a client what they have found. */
@NullMarked
package org.cistern.camel.keep;

import org.jspecify.annotations.NullMarked;
