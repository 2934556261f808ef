/** What the route files do, and that they do what they say. */
@NullMarked
package org.cistern.routes;

import org.jspecify.annotations.NullMarked;
