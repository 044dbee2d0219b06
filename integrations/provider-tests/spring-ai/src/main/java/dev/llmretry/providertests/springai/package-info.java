/** What differs between versions of Spring AI. */
@NullMarked
package dev.llmretry.providertests.springai;

import org.jspecify.annotations.NullMarked;
