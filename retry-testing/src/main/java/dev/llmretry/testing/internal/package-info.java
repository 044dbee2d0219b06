/** Implementation, shared with the simulator. Not an API. */
@NullMarked
package dev.llmretry.testing.internal;

import org.jspecify.annotations.NullMarked;
