package dev.llmretry.examples.providers;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Asks OpenAI, or a server that speaks like it, with openai-java. */
final class OpenAiExample implements Assistant {

  private final OpenAIClient client;
  private final String model;

  OpenAiExample(String url, String key, String model) {
    this.client =
        OpenAIOkHttpClient.builder()
            .baseUrl(url)
            .apiKey(key)
            .timeout(Duration.ofSeconds(60)) // of one attempt
            .maxRetries(0) // else each attempt is up to three requests
            .build();
    this.model = model;
  }

  @Override
  public String ask(String question, CancellationToken cancel) {
    ChatCompletion completion =
        client
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder().model(model).addUserMessage(question).build());
    return completion.choices().get(0).message().content().orElse("");
  }

  public static void main(String[] args) {
    String key = System.getenv("OPENAI_API_KEY");
    if (key == null) {
      try (EmbeddedProvider provider = EmbeddedProvider.openAi()) {
        run(provider.url() + "/v1", "sk-demo", BackoffClock.system(), System.out);
      }
    } else {
      String url = System.getenv().getOrDefault("OPENAI_BASE_URL", "https://api.openai.com/v1");
      run(url, key, BackoffClock.system(), System.out);
    }
  }

  static void run(String url, String key, BackoffClock clock, PrintStream out) {
    String model = System.getenv().getOrDefault("OPENAI_MODEL", "gpt-4o-mini");
    RetryRuntime runtime =
        RetryRuntime.builder().clock(clock).listener(new AttemptPrinter(out)).build();
    Assistant assistant = new RetryingAssistant(new OpenAiExample(url, key, model), runtime);
    for (String question : List.of("What is a retry?", "And when does it not help?")) {
      out.println(question);
      try {
        out.println("  " + assistant.ask(question, CancellationToken.none()));
      } catch (OpenAIException e) {
        out.println("  " + e); // with a suppressed RetryTrace, which tells all attempts
      }
    }
  }
}
