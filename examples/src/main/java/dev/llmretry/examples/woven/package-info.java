/**
 * Retries without an interface: a class with annotated methods, which AspectJ weaves once javac has
 * compiled it. What the build needs, the folder {@code woven-project} shows.
 */
@NullMarked
package dev.llmretry.examples.woven;

import org.jspecify.annotations.NullMarked;
