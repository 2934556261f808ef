/**
 * The addresses that answer for an upstream: their health, their load and the choice among them.
 */
@NullMarked
package org.cistern.upstream.endpoint;

import org.jspecify.annotations.NullMarked;
