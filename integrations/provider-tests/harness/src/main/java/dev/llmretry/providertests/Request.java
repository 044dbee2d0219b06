package dev.llmretry.providertests;

import java.util.Map;

/**
 * A request as it came.
 *
 * @param method such as {@code POST}
 * @param path what the request line names
 * @param headers by their names in lower case
 * @param body the body as UTF-8
 */
public record Request(String method, String path, Map<String, String> headers, String body) {}
