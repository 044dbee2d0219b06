package acme.timed;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Timed}.
 *
 * <ul>
 *   <li>{@code withToken}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s.
 *   <li>{@code withoutToken}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 10 s, all within 30 s.
 *   <li>{@code nothing}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, all within 60 s.
 *   <li>{@code ownToken}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, all within 60 s.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingTimed implements Timed {
  private static final RetryPolicy WITH_TOKEN = RetryPolicy.builder("acme.timed.Timed.withToken")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .build();

  private static final RetryPolicy WITHOUT_TOKEN = RetryPolicy.builder("acme.timed.Timed.withoutToken")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .deadline(Duration.ofMillis(30000))
      .attemptTimeout(Duration.ofMillis(10000))
      .build();

  private static final RetryPolicy NOTHING = RetryPolicy.builder("acme.timed.Timed.nothing")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .deadline(Duration.ofMillis(60000))
      .build();

  private static final RetryPolicy OWN_TOKEN = RetryPolicy.builder("acme.timed.Timed.ownToken")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .deadline(Duration.ofMillis(60000))
      .build();

  private final Timed delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingTimed(Timed delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingTimed(Timed delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, WITH_TOKEN, WITHOUT_TOKEN, NOTHING,
        OWN_TOKEN);
  }

  @Override
  public String withToken(String request, CancellationToken cancel) throws IOException {
    RetryLoop retries = RetryLoop.beginTimed(runtime, WITH_TOKEN, cancel);
    while (true) {
      Attempt attempt = retries.beginAttempt();
      try {
        String result = delegate.withToken(request, attempt.token());
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public String withoutToken(String request) throws IOException, InterruptedException {
    RetryLoop retries = RetryLoop.beginTimedInterruptibly(runtime, WITHOUT_TOKEN, null);
    while (true) {
      retries.beginAttempt();
      try {
        String result = delegate.withoutToken(request);
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetryInterruptibly(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public void nothing() {
    RetryLoop retries = RetryLoop.beginTimed(runtime, NOTHING, null);
    while (true) {
      retries.beginAttempt();
      try {
        delegate.nothing();
        retries.succeeded();
        return;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public <T extends CancellationToken> void ownToken(T token) {
    RetryLoop retries = RetryLoop.beginTimed(runtime, OWN_TOKEN, token);
    while (true) {
      retries.beginAttempt();
      try {
        delegate.ownToken(token);
        retries.succeeded();
        return;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingTimed[" + delegate + "]";
  }
}
