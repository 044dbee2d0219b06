package dev.llmretry.examples;

import dev.llmretry.examples.client.LlmClient;
import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.client.RetryingLlmClient;
import dev.llmretry.examples.woven.TextComparison;
import dev.llmretry.runtime.RetryRuntime;

/**
 * What the demo calls.
 *
 * @param client a generated wrapper
 * @param comparison a class that has been woven
 */
record Retrying(LlmClient client, TextComparison comparison) {

  static Retrying of(OpenAiClient client, RetryRuntime runtime) {
    return new Retrying(
        new RetryingLlmClient(client, runtime), new TextComparison(client, runtime));
  }
}
