package dev.llmretry.examples.providers;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Asks OpenAI with LangChain4j.
 *
 * <p>LangChain4j drops the headers of an error, {@code Retry-After} among them, and keeps the body:
 * a wait that stands in the message is kept to. Else the waits are the annotation's.
 */
final class LangChain4jExample implements Assistant {

  private final ChatModel model;

  LangChain4jExample(String url, String key, String model) {
    this.model =
        OpenAiChatModel.builder()
            .baseUrl(url)
            .apiKey(key)
            .modelName(model)
            .timeout(Duration.ofSeconds(60)) // until the headers
            .maxRetries(0) // else each attempt is up to three requests
            .build();
  }

  @Override
  public String ask(String question, CancellationToken cancel) {
    return model.chat(question);
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
    Assistant assistant = new RetryingAssistant(new LangChain4jExample(url, key, model), runtime);
    for (String question : List.of("What is a retry?", "And when does it not help?")) {
      out.println(question);
      try {
        out.println("  " + assistant.ask(question, CancellationToken.none()));
      } catch (RuntimeException e) {
        out.println("  " + e); // with a suppressed RetryTrace, which tells all attempts
      }
    }
  }
}
