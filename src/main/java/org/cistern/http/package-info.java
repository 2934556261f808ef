/** The vocabulary of HTTP: fields, directives, dates, entity tags, ranges, targets. */
@NullMarked
package org.cistern.http;

import org.jspecify.annotations.NullMarked;
