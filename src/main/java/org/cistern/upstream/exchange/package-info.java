/** One request to an upstream: its place in line, its attempts, its time-outs and its body. */
@NullMarked
package org.cistern.upstream.exchange;

import org.jspecify.annotations.NullMarked;
