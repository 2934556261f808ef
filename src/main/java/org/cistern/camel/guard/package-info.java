/**
 * Keeps users' steps from holding an event loop: those that may block are taken to a worker and
 * back.
 */
@NullMarked
package org.cistern.camel.guard;

import org.jspecify.annotations.NullMarked;
