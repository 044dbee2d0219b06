package dev.llmretry.providertests.googlegenai;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.GoogleGenAiCheck;
import dev.llmretry.providers.preamble.GoogleGenAiPreamble;
import dev.llmretry.providertests.RecordedAnswersTest;
import java.net.URI;

/** Gemini's responses, through google-genai. */
class GoogleGenAiAnswersTest extends RecordedAnswersTest {

  private static final String MODEL = "gemini-test";

  private final GoogleGenAiCheck check = new GoogleGenAiCheck();

  GoogleGenAiAnswersTest() {
    super("gemini");
  }

  private static Client client(URI url) {
    return Client.builder()
        .apiKey("test-key")
        .httpOptions(HttpOptions.builder().baseUrl(url.toString()).build())
        .build();
  }

  @Override
  protected Rejection check(URI url) {
    try (Client client = client(url)) {
      return check.check(client.models.generateContent(MODEL, "What now?", null));
    }
  }

  @Override
  protected Rejection checkStream(URI url) {
    try (Client client = client(url);
        ResponseStream<GenerateContentResponse> response =
            client.models.generateContentStream(MODEL, "What now?", null)) {
      return checkStart(response.iterator(), check, new GoogleGenAiPreamble());
    }
  }
}
