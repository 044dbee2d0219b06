/** One interface, and an implementation of it with each of three SDKs. */
@NullMarked
package dev.llmretry.examples.providers;

import org.jspecify.annotations.NullMarked;
