/** What all steps work with. */
@NullMarked
package org.cistern.camel.service;

import org.jspecify.annotations.NullMarked;
