package dev.llmretry.providertests.googlegenai;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Asks with google-genai. */
final class GoogleGenAiClient implements ChatClient {

  private static final String MODEL = "gemini-test";

  private final Client client;

  GoogleGenAiClient(URI url, Duration timeout) {
    // One attempt alone is not enough: after the last one for a status in the list, the SDK sleeps
    // once more.
    HttpRetryOptions never =
        HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()).build();
    client =
        Client.builder()
            .apiKey("test-key")
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(url.toString())
                    .timeout((int) timeout.toMillis())
                    .retryOptions(never)
                    .build())
            .build();
  }

  @Override
  public String ask(String question) {
    return client.models.generateContent(MODEL, question, null).text();
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return client
        .async
        .models
        .generateContent(MODEL, question, null)
        .thenApply(GenerateContentResponse::text);
  }

  @Override
  public Stream<String> askStreaming(String question) {
    ResponseStream<GenerateContentResponse> response =
        client.models.generateContentStream(MODEL, question, null);
    return StreamSupport.stream(response.spliterator(), false)
        .map(GoogleGenAiClient::piece)
        .filter(piece -> !piece.isEmpty())
        .onClose(response::close);
  }

  private static String piece(GenerateContentResponse response) {
    String text = response.text();
    return text == null ? "" : text;
  }

  @Override
  public void close() {
    client.close();
  }
}
