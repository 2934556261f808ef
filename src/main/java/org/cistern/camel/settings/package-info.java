/** What is set where: every setting with its default, and what it may be. */
@NullMarked
package org.cistern.camel.settings;

import org.jspecify.annotations.NullMarked;
