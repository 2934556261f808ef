/**
 * How the parts of a route follow each other: in the order of Camel's own, and with its handling of
 * errors, but without a queue and a task of its own for each step.
 */
@NullMarked
package org.cistern.camel.flow;

import org.jspecify.annotations.NullMarked;
