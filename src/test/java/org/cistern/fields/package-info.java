/** What each field of a rule does, seen from the client, and the origin and gateway to see it. */
@NullMarked
package org.cistern.fields;

import org.jspecify.annotations.NullMarked;
