/** Connections to instances, and the heads of messages on them as bytes. */
@NullMarked
package org.cistern.upstream.wire;

import org.jspecify.annotations.NullMarked;
