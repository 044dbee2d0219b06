package dev.llmretry.examples.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.services.blocking.MessageService;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.services.blocking.chat.ChatCompletionService;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/** The interfaces of SDKs, wrapped without an adapter. */
@Timeout(60)
class SdkInterfacesTest {

  private static final String ANSWER = "Trying once more, later.";

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final RetryRuntime runtime = RetryRuntime.builder().clock(clock).build();
  private EmbeddedProvider provider;

  private String start(EmbeddedProvider started) {
    provider = started;
    return started.url();
  }

  @AfterEach
  void stop() {
    if (provider != null) {
      provider.close();
    }
  }

  @Test
  void langChain4j() {
    String url = start(EmbeddedProvider.openAi()) + "/v1";
    ChatModel model =
        new RetryingRetriedChatModel(
            OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey("sk-test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build(),
            runtime);
    assertThat(model.chat("What is a retry?")).isEqualTo(ANSWER);
    assertThat(clock.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(400));
  }

  @Test
  void openAi() {
    String url = start(EmbeddedProvider.openAi()) + "/v1";
    ChatCompletionService completions =
        new RetryingRetriedCompletions(
            OpenAIOkHttpClient.builder()
                .baseUrl(url)
                .apiKey("sk-test")
                .maxRetries(0)
                .build()
                .chat()
                .completions(),
            runtime);
    ChatCompletionCreateParams question =
        ChatCompletionCreateParams.builder()
            .model("gpt-4o-mini")
            .addUserMessage("What is a retry?")
            .build();
    assertThat(completions.create(question).choices().get(0).message().content()).contains(ANSWER);
    assertThat(clock.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(400));
  }

  @Test
  void anthropic() {
    String url = start(EmbeddedProvider.anthropic());
    MessageService messages =
        new RetryingRetriedMessages(
            AnthropicOkHttpClient.builder()
                .baseUrl(url)
                .apiKey("sk-test")
                .maxRetries(0)
                .build()
                .messages(),
            runtime);
    MessageCreateParams question =
        MessageCreateParams.builder()
            .model("claude-haiku-4-5")
            .maxTokens(500)
            .addUserMessage("What is a retry?")
            .build();
    assertThat(messages.create(question).content().get(0).asText().text()).isEqualTo(ANSWER);
    assertThat(clock.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(400));
  }

  @Test
  void springAi() {
    String url = start(EmbeddedProvider.ollama());
    // Other HTTP clients are on the class path here, and Spring would take one of them.
    HttpClient http = HttpClient.newHttpClient();
    OllamaApi api =
        OllamaApi.builder()
            .baseUrl(url)
            .restClientBuilder(
                RestClient.builder().requestFactory(new JdkClientHttpRequestFactory(http)))
            .webClientBuilder(WebClient.builder().clientConnector(new JdkClientHttpConnector(http)))
            .build();
    org.springframework.ai.chat.model.ChatModel model =
        new RetryingRetriedSpringModel(
            OllamaChatModel.builder()
                .ollamaApi(api)
                .retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)))
                .build(),
            runtime);
    assertThat(model.call("What is a retry?")).isEqualTo(ANSWER);
    assertThat(clock.waits()).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
  }

  /** As when OpenAI reports overload after the chunk that names the role. */
  @Test
  void springAiStreamsAreRetriedUntilTheirFirstText() {
    Breaking raw = new Breaking();
    org.springframework.ai.chat.model.ChatModel model =
        new RetryingRetriedSpringModel(raw, runtime.toBuilder().executor(Runnable::run).build());
    CompletableFuture<List<ChatResponse>> received =
        model.stream(new Prompt("What is a retry?")).collectList().toFuture();
    clock.advanceUntil(received::isDone);
    assertThat(received.join())
        .extracting(response -> response.getResult().getOutput().getText())
        .containsExactly("", ANSWER);
    assertThat(raw.attempts).isEqualTo(2);
  }

  private static final class Breaking implements org.springframework.ai.chat.model.ChatModel {

    private int attempts;

    @Override
    public ChatResponse call(Prompt prompt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return Flux.defer(
          () ->
              ++attempts == 1
                  ? Flux.just(text("")).concatWith(Flux.error(new ConnectException("refused")))
                  : Flux.just(text(""), text(ANSWER)));
    }

    private static ChatResponse text(String text) {
      return new ChatResponse(List.of(new Generation(new AssistantMessage(text))));
    }
  }
}
