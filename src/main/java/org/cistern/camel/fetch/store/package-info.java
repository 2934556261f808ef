/** What is kept of a response, and what a response ends of what was kept. */
@NullMarked
package org.cistern.camel.fetch.store;

import org.jspecify.annotations.NullMarked;
