/** What is said of a call once it is over: to whoever counts calls, and to the access log. */
@NullMarked
package org.cistern.camel.engine.log;

import org.jspecify.annotations.NullMarked;
