/** How a reply is written: its head, its body, and the end of its connection. */
@NullMarked
package org.cistern.camel.engine.write;

import org.jspecify.annotations.NullMarked;
