/** Stateless helpers. */
@NullMarked
package dev.llmretry.runtime.internal.util;

import org.jspecify.annotations.NullMarked;
