package dev.llmretry.providertests.comparison;

import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.CoreUtils;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** azure-ai-openai. Of an error in a stream it makes an answer without choices. */
final class AzureSdk implements Sdk {

  @Override
  public String name() {
    return "azure-ai-openai";
  }

  @Override
  public Dialect dialect() {
    return new AzureDialect();
  }

  @Override
  public Chat connect(URI url, boolean ownRetries) {
    OpenAIClientBuilder builder =
        new OpenAIClientBuilder()
            .endpoint(url.toString().replace("http:", "https:"))
            .credential(new AzureKeyCredential("test-key"))
            .addPolicy(new PlainHttp());
    if (!ownRetries) {
      builder.retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ZERO)));
    }
    return new Client(builder.buildClient());
  }

  /** The SDK gives no key away without TLS, which the provider does not speak. */
  private static final class PlainHttp extends HttpPipelineSyncPolicy {
    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
      HttpRequest request = context.getHttpRequest();
      request.setUrl(request.getUrl().toString().replace("https:", "http:"));
    }
  }

  private record Client(OpenAIClient sdk) implements Chat {

    private static final String DEPLOYMENT = "gpt-4o";

    @Override
    public String ask(String question) {
      return sdk.getChatCompletions(DEPLOYMENT, options(question))
          .getChoices()
          .get(0)
          .getMessage()
          .getContent();
    }

    @Override
    public void stream(String question, Consumer<String> pieces) {
      sdk.getChatCompletionsStream(DEPLOYMENT, options(question)).stream()
          .map(Client::piece)
          .filter(piece -> !piece.isEmpty())
          .forEach(pieces);
    }

    private static ChatCompletionsOptions options(String question) {
      return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage(question)));
    }

    private static String piece(ChatCompletions chunk) {
      if (CoreUtils.isNullOrEmpty(chunk.getChoices())) {
        return "";
      }
      @Nullable String content = chunk.getChoices().get(0).getDelta().getContent();
      return content == null ? "" : content;
    }
  }
}
