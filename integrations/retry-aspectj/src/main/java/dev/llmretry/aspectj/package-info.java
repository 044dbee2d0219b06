/** Retries of methods of concrete classes, woven in by AspectJ. */
@NullMarked
package dev.llmretry.aspectj;

import org.jspecify.annotations.NullMarked;
