/** What goes to an upstream and what comes back of it. */
@NullMarked
package org.cistern.upstream.message;

import org.jspecify.annotations.NullMarked;
