package acme.finalizers;

import dev.llmretry.LlmRetry;

/** To implement {@code finalize} is to override a deprecated method. */
interface Session {
  @LlmRetry
  String complete(String prompt);

  void finalize() throws Throwable;
}
