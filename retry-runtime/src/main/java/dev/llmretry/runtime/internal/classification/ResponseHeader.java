package dev.llmretry.runtime.internal.classification;

/** The response headers that rules use. */
enum ResponseHeader {
  DATE("date"),
  /** HTTP (RFC 9110, 10.2.3): seconds or a date. Providers also send decimal fractions. */
  RETRY_AFTER("retry-after"),
  /** OpenAI and Azure OpenAI: milliseconds. */
  RETRY_AFTER_MS("retry-after-ms"),
  /** Azure: milliseconds. */
  X_MS_RETRY_AFTER_MS("x-ms-retry-after-ms"),
  /** AWS: milliseconds. */
  X_AMZ_RETRY_AFTER("x-amz-retry-after"),
  /** OpenAI and Anthropic: {@code true} or {@code false}. */
  X_SHOULD_RETRY("x-should-retry"),
  OPENAI_REMAINING_REQUESTS("x-ratelimit-remaining-requests"),
  OPENAI_RESET_REQUESTS("x-ratelimit-reset-requests"),
  OPENAI_REMAINING_TOKENS("x-ratelimit-remaining-tokens"),
  OPENAI_RESET_TOKENS("x-ratelimit-reset-tokens"),
  ANTHROPIC_REMAINING_REQUESTS("anthropic-ratelimit-requests-remaining"),
  ANTHROPIC_RESET_REQUESTS("anthropic-ratelimit-requests-reset"),
  ANTHROPIC_REMAINING_TOKENS("anthropic-ratelimit-tokens-remaining"),
  ANTHROPIC_RESET_TOKENS("anthropic-ratelimit-tokens-reset"),
  ANTHROPIC_REMAINING_INPUT_TOKENS("anthropic-ratelimit-input-tokens-remaining"),
  ANTHROPIC_RESET_INPUT_TOKENS("anthropic-ratelimit-input-tokens-reset"),
  ANTHROPIC_REMAINING_OUTPUT_TOKENS("anthropic-ratelimit-output-tokens-remaining"),
  ANTHROPIC_RESET_OUTPUT_TOKENS("anthropic-ratelimit-output-tokens-reset");

  private final String name;

  ResponseHeader(String name) {
    this.name = name;
  }

  boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }
}
