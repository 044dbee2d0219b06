package dev.llmretry.benchmarks.callers.policies;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.net.URI;
import java.net.http.HttpClient;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Clients of SDKs, with the retries that these make by default, or without. */
final class Clients {

  private static final String QUESTION = "Say hello in one short sentence.";

  private Clients() {}

  static Chat openAi(URI url) {
    return openAi(openAiBuilder(url).build());
  }

  static Chat openAiWithoutRetries(URI url) {
    return openAi(openAiBuilder(url).maxRetries(0).build());
  }

  private static OpenAIOkHttpClient.Builder openAiBuilder(URI url) {
    return OpenAIOkHttpClient.builder().baseUrl(url + "/v1").apiKey("sk-test");
  }

  private static Chat openAi(OpenAIClient client) {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage(QUESTION).build();
    return () ->
        client
            .chat()
            .completions()
            .create(params)
            .choices()
            .get(0)
            .message()
            .content()
            .orElseThrow();
  }

  static Chat anthropic(URI url) {
    AnthropicClient client =
        AnthropicOkHttpClient.builder().baseUrl(url.toString()).apiKey("sk-ant-test").build();
    MessageCreateParams params =
        MessageCreateParams.builder()
            .model("claude-test")
            .maxTokens(100)
            .addUserMessage(QUESTION)
            .build();
    return () -> client.messages().create(params).content().get(0).asText().text();
  }

  static Chat langChain4j(URI url) {
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("sk-test")
            .modelName("gpt-4o")
            .build();
    return () -> model.chat(QUESTION);
  }

  /** Spring AI's models for OpenAI and Anthropic call the SDKs, which retry by themselves. */
  static Chat springAi(URI url) {
    OllamaApi api =
        OllamaApi.builder()
            .baseUrl(url.toString())
            .restClientBuilder(
                RestClient.builder()
                    .requestFactory(new JdkClientHttpRequestFactory(HttpClient.newHttpClient())))
            .build();
    OllamaChatModel model = OllamaChatModel.builder().ollamaApi(api).build();
    return () -> model.call(new Prompt(QUESTION)).getResult().getOutput().getText();
  }
}
