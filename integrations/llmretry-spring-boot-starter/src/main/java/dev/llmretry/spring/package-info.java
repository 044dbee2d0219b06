/** LlmRetry in Spring Boot applications. */
@NullMarked
package dev.llmretry.spring;

import org.jspecify.annotations.NullMarked;
