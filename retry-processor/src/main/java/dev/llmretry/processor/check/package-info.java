/** What the compiler says about a model: rules, and the diagnostics they report. */
@NullMarked
package dev.llmretry.processor.check;

import org.jspecify.annotations.NullMarked;
