/** Called by generated and woven code; not for direct use. */
@NullMarked
package dev.llmretry.runtime.generated;

import org.jspecify.annotations.NullMarked;
