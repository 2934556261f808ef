/** Tests of the upstream room, against real sockets. */
@NullMarked
package org.cistern.upstream;

import org.jspecify.annotations.NullMarked;
