/** Runs the public test suite for HTTP caches against the gateway, or any other proxy. */
@NullMarked
package org.cistern.conformance;

import org.jspecify.annotations.NullMarked;
