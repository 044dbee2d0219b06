package acme.scopes;

import dev.llmretry.LlmRetry;

/** In {@code andThen}, V would be another one. */
@LlmRetry
interface Captured<K, V> extends Converter<K, V> {}
