package dev.llmretry.examples.provider;

/**
 * A request as it came.
 *
 * @param path such as {@code /v1/chat/completions}
 * @param body JSON
 */
record Request(String path, String body) {}
