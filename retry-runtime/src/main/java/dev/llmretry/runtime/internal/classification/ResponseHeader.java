package dev.llmretry.runtime.internal.classification;

/** The response headers that rules use, apart from {@link RateLimits}. */
enum ResponseHeader {
  DATE("date"),
  /** HTTP caching (RFC 9111, 5.1): the seconds that a response has been in caches. */
  AGE("age"),
  /** HTTP (RFC 9110, 10.2.3): seconds or a date. Providers also send decimal fractions. */
  RETRY_AFTER("retry-after"),
  /** OpenAI and Azure OpenAI: milliseconds. */
  RETRY_AFTER_MS("retry-after-ms"),
  /** Azure: milliseconds. */
  X_MS_RETRY_AFTER_MS("x-ms-retry-after-ms"),
  /** AWS: milliseconds. */
  X_AMZ_RETRY_AFTER("x-amz-retry-after"),
  /** OpenAI and Anthropic: {@code true} or {@code false}. */
  X_SHOULD_RETRY("x-should-retry");

  private final String name;

  ResponseHeader(String name) {
    this.name = name;
  }

  boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }
}
