package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a blocking call without a time limit. The first one is created before the call has
 * any other state, unless there is a listener; so it holds the identifier of the call for all of
 * them.
 */
public final class UntimedAttempt extends AtomicReference<@Nullable String> implements Attempt {

  private static final long serialVersionUID = 1;

  private final transient CancellationToken token;
  private final transient @Nullable RetryExecution execution;
  private final transient UntimedAttempt first;
  private final transient @Nullable FailedAttempt lastFailure;

  /** Creates the first attempt of a call without a state. */
  public UntimedAttempt(CancellationToken token) {
    this(token, null);
  }

  /** Creates the first attempt of a call. */
  public UntimedAttempt(CancellationToken token, @Nullable RetryExecution execution) {
    this.token = token;
    this.execution = execution;
    this.first = this;
    this.lastFailure = null;
  }

  private UntimedAttempt(UntimedAttempt first, FailedAttempt lastFailure) {
    this.token = first.token;
    this.execution = first.execution;
    this.first = first;
    this.lastFailure = lastFailure;
  }

  /** Returns the attempt that follows this one. */
  public UntimedAttempt next(FailedAttempt failed) {
    return new UntimedAttempt(first, failed);
  }

  @Override
  public CancellationToken token() {
    return token;
  }

  @Override
  public int number() {
    return lastFailure == null ? 1 : lastFailure.number() + 1;
  }

  @Override
  public String callId() {
    if (execution != null) {
      return execution.callId();
    }
    String made = first.get();
    if (made != null) {
      return made;
    }
    String random = UUID.randomUUID().toString();
    String earlier = first.compareAndExchange(null, random);
    return earlier == null ? random : earlier;
  }

  @Override
  public @Nullable FailedAttempt lastFailure() {
    return lastFailure;
  }

  @Override
  public String toString() {
    return "attempt " + number();
  }
}
