/**
 * Extractors for the exceptions of provider SDKs and HTTP clients. Applications do not call them:
 * {@link java.util.ServiceLoader} finds them, and one is used if its SDK is present at run time.
 */
@NullMarked
package dev.llmretry.providers;

import org.jspecify.annotations.NullMarked;
