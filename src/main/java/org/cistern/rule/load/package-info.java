/** Rules as people write them: the vocabulary, the parse of YAML and JSON, and what is refused. */
@NullMarked
package org.cistern.rule.load;

import org.jspecify.annotations.NullMarked;
