package dev.llmretry.examples.providers;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Asks Anthropic with anthropic-java. */
final class AnthropicExample implements Assistant {

  private final AnthropicClient client;
  private final String model;

  AnthropicExample(String url, String key, String model) {
    this.client =
        AnthropicOkHttpClient.builder()
            .baseUrl(url)
            .apiKey(key)
            .timeout(Duration.ofSeconds(60)) // of one attempt
            .maxRetries(0) // else each attempt is up to three requests
            .build();
    this.model = model;
  }

  @Override
  public String ask(String question, CancellationToken cancel) {
    Message message =
        client
            .messages()
            .create(
                MessageCreateParams.builder()
                    .model(model)
                    .maxTokens(500)
                    .addUserMessage(question)
                    .build());
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(text -> text.text())
        .collect(Collectors.joining());
  }

  public static void main(String[] args) {
    String key = System.getenv("ANTHROPIC_API_KEY");
    if (key == null) {
      try (EmbeddedProvider provider = EmbeddedProvider.anthropic()) {
        run(provider.url(), "sk-demo", BackoffClock.system(), System.out);
      }
    } else {
      String url = System.getenv().getOrDefault("ANTHROPIC_BASE_URL", "https://api.anthropic.com");
      run(url, key, BackoffClock.system(), System.out);
    }
  }

  static void run(String url, String key, BackoffClock clock, PrintStream out) {
    String model = System.getenv().getOrDefault("ANTHROPIC_MODEL", "claude-haiku-4-5");
    RetryRuntime runtime =
        RetryRuntime.builder().clock(clock).listener(new AttemptPrinter(out)).build();
    Assistant assistant = new RetryingAssistant(new AnthropicExample(url, key, model), runtime);
    for (String question : List.of("What is a retry?", "And when does it not help?")) {
      out.println(question);
      try {
        out.println("  " + assistant.ask(question, CancellationToken.none()));
      } catch (AnthropicException e) {
        out.println("  " + e); // with a suppressed RetryTrace, which tells all attempts
      }
    }
  }
}
