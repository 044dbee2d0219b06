/** Support for tests of code that retries. */
@NullMarked
package dev.llmretry.testing;

import org.jspecify.annotations.NullMarked;
