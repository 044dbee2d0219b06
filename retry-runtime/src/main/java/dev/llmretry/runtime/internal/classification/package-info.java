/** Determines the kind of failure of an exception, and the delay that the provider asks for. */
@NullMarked
package dev.llmretry.runtime.internal.classification;

import org.jspecify.annotations.NullMarked;
