/** The Java programs of the benchmarks: peers, a load generator, and JMH benchmarks. */
@NullMarked
package org.cistern.bench;

import org.jspecify.annotations.NullMarked;
