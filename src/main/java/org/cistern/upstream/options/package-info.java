/** What an upstream is: its name, its instances and its options. */
@NullMarked
package org.cistern.upstream.options;

import org.jspecify.annotations.NullMarked;
