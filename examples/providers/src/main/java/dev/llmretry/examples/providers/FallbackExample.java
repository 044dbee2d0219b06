package dev.llmretry.examples.providers;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import java.io.PrintStream;
import java.util.List;

/** Asks OpenAI, and Anthropic where OpenAI does not answer: two SDKs behind one interface. */
final class FallbackExample {

  private FallbackExample() {}

  public static void main(String[] args) {
    try (EmbeddedProvider openAi = EmbeddedProvider.failingOpenAi();
        EmbeddedProvider anthropic = EmbeddedProvider.answeringAnthropic()) {
      run(
          new OpenAiExample(openAi.url() + "/v1", "sk-demo", "gpt-4o-mini"),
          new AnthropicExample(anthropic.url(), "sk-demo", "claude-haiku-4-5"),
          BackoffClock.system(),
          System.out);
    }
  }

  static void run(Assistant openAi, Assistant anthropic, BackoffClock clock, PrintStream out) {
    RetryRuntime runtime =
        RetryRuntime.builder().clock(clock).listener(new AttemptPrinter(out)).build();
    Assistant assistant =
        RetryingAssistant.routed(
            runtime, Route.of("openai", openAi), Route.of("anthropic", anthropic));
    for (String question :
        List.of("What is a retry?", "And when does it not help?", "What then?")) {
      out.println(question);
      out.println("  " + assistant.ask(question, CancellationToken.none()));
    }
  }
}
