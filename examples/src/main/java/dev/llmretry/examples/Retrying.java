package dev.llmretry.examples;

import dev.llmretry.examples.client.FallbackChat;
import dev.llmretry.examples.client.LlmClient;
import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.client.RetryingFallbackChat;
import dev.llmretry.examples.client.RetryingLlmClient;
import dev.llmretry.examples.woven.TextComparison;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;

/**
 * What the demo calls.
 *
 * @param client a generated wrapper
 * @param fallback a generated wrapper of two clients
 * @param comparison a class that has been woven
 */
record Retrying(LlmClient client, FallbackChat fallback, TextComparison comparison) {

  static Retrying of(OpenAiClient client, RetryRuntime runtime) {
    return new Retrying(
        new RetryingLlmClient(client, runtime),
        // The embedded provider plays both.
        RetryingFallbackChat.routed(
            runtime, Route.of("first", client::complete), Route.of("second", client::complete)),
        new TextComparison(client, runtime));
  }
}
