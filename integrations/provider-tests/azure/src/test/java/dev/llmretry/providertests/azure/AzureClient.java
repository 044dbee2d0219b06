package dev.llmretry.providertests.azure;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.HttpClientOptions;
import dev.llmretry.providertests.client.ChatClient;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks with azure-ai-openai. */
final class AzureClient implements ChatClient {

  private static final String DEPLOYMENT = "gpt-4o";

  private final OpenAIClient client;
  private final OpenAIAsyncClient asyncClient;

  AzureClient(URI url, Duration timeout) {
    OpenAIClientBuilder builder =
        new OpenAIClientBuilder()
            .endpoint(url.toString().replace("http:", "https:"))
            .credential(new AzureKeyCredential("test-key"))
            .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ZERO)))
            .clientOptions(
                new HttpClientOptions()
                    .setConnectTimeout(timeout)
                    .setResponseTimeout(timeout)
                    .setReadTimeout(timeout))
            .addPolicy(new PlainHttp());
    client = builder.buildClient();
    asyncClient = builder.buildAsyncClient();
  }

  /** The SDK gives no key away without TLS, which the provider does not speak. */
  private static final class PlainHttp extends HttpPipelineSyncPolicy {
    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
      URL url = context.getHttpRequest().getUrl();
      try {
        context
            .getHttpRequest()
            .setUrl(URI.create(url.toString().replace("https:", "http:")).toURL());
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public String ask(String question) {
    return text(client.getChatCompletions(DEPLOYMENT, options(question)));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return asyncClient
        .getChatCompletions(DEPLOYMENT, options(question))
        .map(AzureClient::text)
        .toFuture();
  }

  @Override
  public Stream<String> askStreaming(String question) {
    return client.getChatCompletionsStream(DEPLOYMENT, options(question)).stream()
        .map(AzureClient::piece)
        .filter(piece -> !piece.isEmpty());
  }

  private static ChatCompletionsOptions options(String question) {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage(question)));
  }

  private static String text(ChatCompletions completions) {
    return completions.getChoices().get(0).getMessage().getContent();
  }

  private static String piece(ChatCompletions chunk) {
    if (chunk.getChoices().isEmpty()) {
      return ""; // the verdict on the prompt, which comes first
    }
    String content = chunk.getChoices().get(0).getDelta().getContent();
    return content == null ? "" : content;
  }

  @Override
  public void close() {
    // The SDK has nothing to close.
  }
}
