/**
 * Extractors for the exceptions of provider SDKs. There is nothing to call: an extractor is found
 * by {@link java.util.ServiceLoader}, and used where its SDK is present at run time.
 */
@NullMarked
package dev.llmretry.providers;

import org.jspecify.annotations.NullMarked;
