/** What SDKs do about failures by themselves, and with LlmRetry around them. */
@NullMarked
package dev.llmretry.providertests.comparison;

import org.jspecify.annotations.NullMarked;
