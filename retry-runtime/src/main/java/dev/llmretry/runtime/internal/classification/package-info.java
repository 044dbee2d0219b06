/** From an exception to the kind of failure and the delay that the provider asks for. */
@NullMarked
package dev.llmretry.runtime.internal.classification;

import org.jspecify.annotations.NullMarked;
