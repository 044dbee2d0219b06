package dev.llmretry.examples.client;

import org.jspecify.annotations.Nullable;

/**
 * What the body of an error answer says.
 *
 * @param message in words
 * @param code such as {@code insufficient_quota}, or null
 * @param type such as {@code invalid_request_error}, or null
 */
record ErrorBody(String message, @Nullable String code, @Nullable String type) {}
