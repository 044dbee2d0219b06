package dev.llmretry.benchmarks.waiting;

import dev.llmretry.benchmarks.HandWritten;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;

/** SmallRye Fault Tolerance without a container, and without its jitter. */
record SmallRyeClient(WaitingClient delegate, TypedGuard<CompletionStage<String>> guard)
    implements WaitingClient {

  private static final long MAX_DURATION_MS = 2 * LongWaitClient.WAIT_MS;

  SmallRyeClient(WaitingClient delegate, Wait backOff) {
    this(delegate, guard(backOff));
  }

  private static TypedGuard<CompletionStage<String>> guard(Wait backOff) {
    return TypedGuard.create(new StageOfString())
        .withRetry()
        .maxRetries(HandWritten.MAX_RETRIES)
        .delay(backOff.millis(), ChronoUnit.MILLIS)
        .maxDuration(MAX_DURATION_MS, ChronoUnit.MILLIS)
        .jitter(0, ChronoUnit.MILLIS)
        .whenException(HandWritten::isRetryable)
        .done()
        .build();
  }

  @Override
  public CompletionStage<String> complete(Question question) {
    return guard.get(() -> delegate.complete(question));
  }

  private static final class StageOfString extends TypeLiteral<CompletionStage<String>> {

    private static final long serialVersionUID = 1;
  }
}
