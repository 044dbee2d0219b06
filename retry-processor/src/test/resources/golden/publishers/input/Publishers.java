package acme.publishers;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Flow;
import org.reactivestreams.Publisher;

public interface Publishers {
  @LlmRetry
  Flow.Publisher<String> flow(String request);

  @LlmRetry(preamble = EmptyText.class, attemptTimeoutMs = 10_000)
  Flow.Publisher<String> flowWithToken(String request, CancellationToken cancel) throws IOException;

  @LlmRetry
  Flow.Publisher<? extends Number> wildcard();

  @LlmRetry
  <T> Flow.Publisher<? extends List<T>> lists(CancellationToken cancel, T like);

  @LlmRetry
  <T> Publisher<T> reactive(Class<T> type);

  @LlmRetry
  Publisher<String> reactiveWithToken(CancellationToken cancel, String request);

  class EmptyText implements java.util.function.Predicate<String> {
    @Override
    public boolean test(String text) {
      return text.isEmpty();
    }
  }
}
