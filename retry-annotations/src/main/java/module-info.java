/**
 * The annotations of LlmRetry, and the two interfaces by which exceptions classify themselves.
 * Requires no other module at run time.
 */
module dev.llmretry {
  requires static org.jspecify;

  exports dev.llmretry;
}
