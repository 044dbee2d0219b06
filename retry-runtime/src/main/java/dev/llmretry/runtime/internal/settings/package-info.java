/** Settings in the form of text. */
@NullMarked
package dev.llmretry.runtime.internal.settings;

import org.jspecify.annotations.NullMarked;
