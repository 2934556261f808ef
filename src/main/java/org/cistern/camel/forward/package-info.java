/** What a request to the upstream says in its head, and what comes before the response's. */
@NullMarked
package org.cistern.camel.forward;

import org.jspecify.annotations.NullMarked;
