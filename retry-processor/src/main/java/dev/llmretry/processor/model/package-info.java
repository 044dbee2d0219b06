/**
 * What is known about an annotated type: immutable values that {@code read} creates and the other
 * stages use. Types are JavaPoet's, ready to be written; positions are the compiler's elements.
 */
@NullMarked
package dev.llmretry.processor.model;

import org.jspecify.annotations.NullMarked;
