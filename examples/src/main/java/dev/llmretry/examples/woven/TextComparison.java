package dev.llmretry.examples.woven;

import dev.llmretry.LlmRetry;
import dev.llmretry.aspectj.RetryRuntimeProvider;
import dev.llmretry.examples.client.Embedding;
import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.client.ProviderException;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.util.List;

/**
 * Tells how alike texts are. There is no interface, and no wrapper: whoever has an instance calls
 * the method that is annotated, and the retries are in it.
 *
 * @param client makes one attempt
 * @param retryRuntime for the calls of this instance; without {@link RetryRuntimeProvider}, they
 *     would use what is set for all woven classes
 */
public record TextComparison(OpenAiClient client, RetryRuntime retryRuntime)
    implements RetryRuntimeProvider {

  /**
   * Compares two texts.
   *
   * @param cancel ends the attempt in flight, or the wait for the next
   * @return 1 if they mean the same, 0 if they have nothing to do with each other
   */
  @LlmRetry(max = 3, baseDelayMs = 100, attemptTimeoutMs = 20_000)
  public double similarity(String text, String other, CancellationToken cancel)
      throws ProviderException {
    List<Embedding> embeddings = client.embed(List.of(text, other), Attempt.first(cancel));
    return cosine(embeddings.get(0).vector(), embeddings.get(1).vector());
  }

  private static double cosine(List<Double> a, List<Double> b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(List<Double> a, List<Double> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.get(i) * b.get(i);
    }
    return sum;
  }
}
