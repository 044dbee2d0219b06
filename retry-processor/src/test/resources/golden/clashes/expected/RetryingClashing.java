package acme.clashes;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.WrapperRuntime;

/**
 * Retries {@link Clashing}.
 *
 * <ul>
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 50 ms.
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code delegate}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code ask}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code completeAll}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@javax.annotation.processing.Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingClashing<RetryRuntime> implements Clashing<RetryRuntime> {
  private static final dev.llmretry.runtime.RetryPolicy COMPLETE = dev.llmretry.runtime.RetryPolicy.builder("acme.clashes.Clashing.complete(String, String, Clashing.RetryLoop, Object, int, int, boolean, CancellationToken)")
      .maxRetries(3)
      .baseDelay(java.time.Duration.ofMillis(100))
      .build();

  private static final dev.llmretry.runtime.RetryPolicy COMPLETE_2 = dev.llmretry.runtime.RetryPolicy.builder("acme.clashes.Clashing.complete(CancellationToken, String, int, int, int, int)")
      .maxRetries(3)
      .baseDelay(java.time.Duration.ofMillis(100))
      .attemptTimeout(java.time.Duration.ofMillis(50))
      .build();

  private static final dev.llmretry.runtime.RetryPolicy COMPLETE_3 = dev.llmretry.runtime.RetryPolicy.builder("acme.clashes.Clashing.complete(Clashing.Generated)")
      .maxRetries(3)
      .baseDelay(java.time.Duration.ofMillis(100))
      .build();

  private static final dev.llmretry.runtime.RetryPolicy DELEGATE = dev.llmretry.runtime.RetryPolicy.builder("acme.clashes.Clashing.delegate")
      .maxRetries(3)
      .baseDelay(java.time.Duration.ofMillis(100))
      .build();

  private static final dev.llmretry.runtime.RetryPolicy ASK = dev.llmretry.runtime.RetryPolicy.builder("acme.clashes.Clashing.ask")
      .maxRetries(3)
      .baseDelay(java.time.Duration.ofMillis(100))
      .build();

  private static final dev.llmretry.runtime.RetryPolicy COMPLETE_ALL = dev.llmretry.runtime.RetryPolicy.builder("acme.clashes.Clashing.completeAll")
      .maxRetries(3)
      .baseDelay(java.time.Duration.ofMillis(100))
      .build();

  private final Clashing<RetryRuntime> delegate;

  private final dev.llmretry.runtime.RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingClashing(Clashing<RetryRuntime> delegate) {
    this(delegate, dev.llmretry.runtime.RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingClashing(Clashing<RetryRuntime> delegate,
      dev.llmretry.runtime.RetryRuntime runtime) {
    this.delegate = java.util.Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, COMPLETE, COMPLETE_2, COMPLETE_3, DELEGATE,
        ASK, COMPLETE_ALL);
  }

  @java.lang.Override
  public Clashing.Duration complete(String delegate, String runtime, Clashing.RetryLoop retries,
      RetryRuntime e, int begun, int result, boolean observed, CancellationToken attempt) {
    dev.llmretry.runtime.generated.RetryLoop retries_ = dev.llmretry.runtime.generated.RetryLoop.begin(this.runtime, COMPLETE, attempt);
    long startSequence = dev.llmretry.runtime.generated.RetryLoop.sequence();
    while (true) {
      try {
        Clashing.Duration result_ = this.delegate.complete(delegate, runtime, retries, e, begun,
            result, observed, attempt);
        if (retries_ != null) {
          retries_.succeeded();
        }
        return result_;
      } catch (java.lang.Exception e_) {
        if (retries_ == null) {
          retries_ = new dev.llmretry.runtime.generated.RetryLoop(this.runtime, COMPLETE, attempt, startSequence);
        }
        if (!retries_.awaitRetry(e_)) {
          throw e_;
        }
      }
    }
  }

  @java.lang.Override
  public java.time.Duration complete(CancellationToken token, String delegate, int retries, int e,
      int attempt, int result) {
    dev.llmretry.runtime.generated.RetryLoop retries_ = dev.llmretry.runtime.generated.RetryLoop.beginTimed(runtime, COMPLETE_2, token);
    while (true) {
      Attempt attempt_ = retries_.beginAttempt();
      try {
        java.time.Duration result_ = this.delegate.complete(attempt_.token(), delegate, retries, e,
            attempt, result);
        retries_.succeeded();
        return result_;
      } catch (java.lang.Exception e_) {
        if (!retries_.awaitRetry(e_)) {
          throw e_;
        }
      } finally {
        retries_.endAttempt();
      }
    }
  }

  @java.lang.Override
  public void complete(Clashing.Generated generated) {
    dev.llmretry.runtime.generated.RetryLoop retries = dev.llmretry.runtime.generated.RetryLoop.begin(runtime, COMPLETE_3, null);
    long startSequence = dev.llmretry.runtime.generated.RetryLoop.sequence();
    while (true) {
      try {
        delegate.complete(generated);
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (java.lang.Exception e) {
        if (retries == null) {
          retries = new dev.llmretry.runtime.generated.RetryLoop(runtime, COMPLETE_3, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @java.lang.Override
  public <RetryPolicy> RetryPolicy delegate(RetryPolicy policy) {
    dev.llmretry.runtime.generated.RetryLoop retries = dev.llmretry.runtime.generated.RetryLoop.begin(runtime, DELEGATE, null);
    long startSequence = dev.llmretry.runtime.generated.RetryLoop.sequence();
    while (true) {
      try {
        RetryPolicy result = delegate.delegate(policy);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (java.lang.Exception e) {
        if (retries == null) {
          retries = new dev.llmretry.runtime.generated.RetryLoop(runtime, DELEGATE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @java.lang.Override
  public String ask(String ASK_, String RetryLoop_) {
    dev.llmretry.runtime.generated.RetryLoop retries = dev.llmretry.runtime.generated.RetryLoop.begin(runtime, ASK, null);
    long startSequence = dev.llmretry.runtime.generated.RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.ask(ASK_, RetryLoop_);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (java.lang.Exception e) {
        if (retries == null) {
          retries = new dev.llmretry.runtime.generated.RetryLoop(runtime, ASK, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @java.lang.Override
  public int completeAll(Clashing<?> $dollar, Objects objects, Exception exception) {
    dev.llmretry.runtime.generated.RetryLoop retries = dev.llmretry.runtime.generated.RetryLoop.begin(runtime, COMPLETE_ALL, null);
    long startSequence = dev.llmretry.runtime.generated.RetryLoop.sequence();
    while (true) {
      try {
        int result = delegate.completeAll($dollar, objects, exception);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (java.lang.Exception e) {
        if (retries == null) {
          retries = new dev.llmretry.runtime.generated.RetryLoop(runtime, COMPLETE_ALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @java.lang.Override
  public String toString() {
    return "RetryingClashing[" + delegate + "]";
  }
}
