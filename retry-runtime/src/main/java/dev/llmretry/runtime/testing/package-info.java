/** For tests of code that retries: time that passes only when it is told to. */
@NullMarked
package dev.llmretry.runtime.testing;

import org.jspecify.annotations.NullMarked;
