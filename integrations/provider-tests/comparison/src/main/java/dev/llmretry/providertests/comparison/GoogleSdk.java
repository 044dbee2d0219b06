package dev.llmretry.providertests.comparison;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** google-genai. */
final class GoogleSdk implements Sdk {

  @Override
  public String name() {
    return "google-genai";
  }

  @Override
  public Dialect dialect() {
    return new GoogleDialect();
  }

  @Override
  public Chat connect(URI url, boolean ownRetries) {
    HttpOptions.Builder options = HttpOptions.builder().baseUrl(url.toString());
    if (!ownRetries) {
      options.retryOptions(
          HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()).build());
    }
    return new GeminiChat(Client.builder().apiKey("test-key").httpOptions(options.build()).build());
  }

  private record GeminiChat(Client client) implements Chat {

    private static final String MODEL = "gemini-test";

    @Override
    public String ask(String question) {
      return text(client.models.generateContent(MODEL, question, null));
    }

    @Override
    public void stream(String question, Consumer<String> pieces) {
      try (ResponseStream<GenerateContentResponse> response =
          client.models.generateContentStream(MODEL, question, null)) {
        response.forEach(chunk -> pieces.accept(text(chunk)));
      }
    }

    private static String text(GenerateContentResponse response) {
      @Nullable String text = response.text();
      return text == null ? "" : text;
    }
  }
}
