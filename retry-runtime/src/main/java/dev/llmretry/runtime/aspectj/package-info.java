/**
 * Retries of methods of concrete classes, woven in by AspectJ. The aspects of this package are a
 * library for the weaver; they and the classes that the processor generates for woven classes are
 * built on the rest. Needs aspectjrt, which no other package does.
 */
@NullMarked
package dev.llmretry.runtime.aspectj;

import org.jspecify.annotations.NullMarked;
