package acme.varargs;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.util.List;

public interface Batch {

  @LlmRetry
  float[] embed(String... texts);

  @LlmRetry
  int[][] sizes(CancellationToken token, int[]... rows);

  @SuppressWarnings("unchecked")
  @LlmRetry
  <T> List<T> merge(List<? extends T>... lists);
}
