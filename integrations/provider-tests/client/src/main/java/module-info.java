/** Knows how to retry, and no SDK. */
module dev.llmretry.providertests.client {
  requires transitive dev.llmretry.runtime;
  requires static org.jspecify;

  exports dev.llmretry.providertests.client;
}
