/** What is known about an annotated interface, as plain data. */
@NullMarked
package dev.llmretry.processor.model;

import org.jspecify.annotations.NullMarked;
