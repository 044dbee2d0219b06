package dev.llmretry.examples.client;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;

/**
 * Speaks OpenAI's protocol, as many other providers do. It knows nothing of retries: it makes one
 * attempt, says precisely how that failed, and ends it when told to.
 */
public final class OpenAiClient implements LlmClient {

  private static final String CHAT = "/chat/completions";

  private final URI baseUrl;
  private final OpenAiHttp http;
  private final Capabilities capabilities;

  /** Makes a client for a provider that can do everything. */
  public OpenAiClient(URI baseUrl, String apiKey, Duration timeout) {
    this(baseUrl, apiKey, timeout, new Capabilities(true, true));
  }

  /**
   * Makes a client.
   *
   * @param baseUrl where {@code /chat/completions} is appended, such as {@code
   *     https://api.openai.com/v1}
   * @param timeout how long the provider may take to begin its answer
   * @param capabilities what this provider can do
   */
  public OpenAiClient(URI baseUrl, String apiKey, Duration timeout, Capabilities capabilities) {
    this.baseUrl = baseUrl;
    this.http = new OpenAiHttp(baseUrl, apiKey, timeout);
    this.capabilities = capabilities;
  }

  @Override
  public String name() {
    return "OpenAI-compatible provider at " + baseUrl;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public ChatResponse complete(ChatRequest request, CancellationToken cancel)
      throws ProviderException {
    requireTools(request);
    return OpenAiJson.chatResponse(http.post(CHAT, OpenAiJson.chatRequest(request), cancel));
  }

  @Override
  public ChatResponse completeJson(ChatRequest request, CancellationToken cancel)
      throws ProviderException {
    requireTools(request);
    return OpenAiJson.chatResponse(http.post(CHAT, OpenAiJson.jsonRequest(request), cancel));
  }

  @Override
  public CompletableFuture<ChatResponse> completeAsync(
      ChatRequest request, CancellationToken cancel) {
    try {
      requireTools(request);
    } catch (UnsupportedException e) {
      return CompletableFuture.failedFuture(e);
    }
    return http.postAsync(CHAT, OpenAiJson.chatRequest(request), cancel, OpenAiJson::chatResponse);
  }

  @Override
  public Stream<ChatChunk> stream(ChatRequest request, CancellationToken cancel)
      throws ProviderException {
    requireNoTools(request);
    return ChunkReader.stream(http.open(CHAT, OpenAiJson.streamRequest(request), cancel), cancel);
  }

  @Override
  public Publisher<ChatChunk> publish(ChatRequest request, CancellationToken cancel) {
    try {
      requireNoTools(request);
    } catch (UnsupportedException e) {
      return subscriber -> ChunkSubscriber.fail(subscriber, e);
    }
    String json = OpenAiJson.streamRequest(request);
    return subscriber -> http.subscribe(CHAT, json, cancel, subscriber);
  }

  @Override
  public List<Embedding> embed(List<String> texts, Attempt attempt) throws ProviderException {
    if (!capabilities.embeddings()) {
      throw new UnsupportedException(name() + " has no embeddings");
    }
    return OpenAiJson.embeddings(
        http.post(
            "/embeddings", OpenAiJson.embeddingRequest("text-embedding-3-small", texts), attempt));
  }

  private void requireTools(ChatRequest request) throws UnsupportedException {
    if (!request.tools().isEmpty() && !capabilities.tools()) {
      throw new UnsupportedException(name() + " has no tools");
    }
  }

  private static void requireNoTools(ChatRequest request) throws UnsupportedException {
    if (!request.tools().isEmpty()) {
      throw new UnsupportedException("this client does not stream the calls of tools");
    }
  }

  /** Names the provider; never the key. */
  @Override
  public String toString() {
    return name();
  }
}
