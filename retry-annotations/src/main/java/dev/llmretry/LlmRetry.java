package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Predicate;

/**
 * Asks for retries. Those of a method of an interface are done by a wrapper generated at compile
 * time: for {@code ChatClient}, {@code RetryingChatClient}. Those of a method of a class are woven
 * into it by AspectJ, if the build says that it does ({@code -Allmretry.weaving=aspectj}).
 *
 * <ul>
 *   <li>On a method, it retries that method.
 *   <li>On an interface, it retries all of its methods, inherited ones too, except those of {@link
 *       Object}, {@link AutoCloseable#close} and those marked {@link NoRetry}. A method's own
 *       annotation wins over its type's, as a whole: settings are not merged.
 *   <li>On a class, likewise, but only the methods that the class itself declares, and neither
 *       private nor static ones.
 *   <li>On an annotation type, it makes a <em>composed annotation</em>: to write {@code @Resilient}
 *       is then to write the {@code @LlmRetry} that stands on it. Such an annotation must be
 *       retained in the class file at least.
 * </ul>
 *
 * <p>A failed attempt is classified. What can pass by itself (rate limits, overload, server errors,
 * time-outs, broken connections) is retried; what cannot (a wrong key, an exhausted quota, a
 * request that is too long) is thrown at once, the very same object. {@link Error}s, {@link
 * InterruptedException} and cancellations are never retried.
 *
 * <p>All settings are checked by the compiler. Times are in milliseconds and at most {@value
 * #MAX_MILLIS}.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface LlmRetry {

  /** The value of a limit that is not set. */
  long NO_LIMIT = -1;

  /** The longest time that can be set, in milliseconds: what fits a {@code long} in nanoseconds. */
  long MAX_MILLIS = 9_223_372_036_854L;

  /**
   * The number of <em>retries</em>: the method is called at most {@code max + 1} times.
   *
   * @return from 1 to 10,000; 0 is accepted with a warning, and retries nothing
   */
  int max() default 3;

  /**
   * The wait before the first retry.
   *
   * @return milliseconds; 0 retries at once
   */
  long baseDelayMs() default 100;

  /**
   * How much longer each wait is than the one before.
   *
   * @return a factor, 1 or more
   */
  double multiplier() default 2;

  /**
   * The longest wait that back-off may reach. It does not limit a wait that the provider asked for:
   * {@link #maxRetryAfterMs} does.
   *
   * @return milliseconds; not below {@link #baseDelayMs}
   */
  long maxDelayMs() default 30_000;

  /**
   * How randomness changes the waits.
   *
   * @return what it does to each wait
   */
  Jitter jitter() default Jitter.NONE;

  /**
   * What to do with an error that an inner retry has already given up on.
   *
   * @return whether to retry it again
   */
  Nested nested() default Nested.ONCE;

  /**
   * The time for the whole call, attempts and waits together. A wait that cannot end before the
   * deadline is not begun, and an attempt is given no more than what is left. Of what returns a
   * stream or a publisher, or takes a callback, it bounds what can be retried: the time until the
   * first element of content, or until the stream is open.
   *
   * @return milliseconds, 1 or more; {@link #NO_LIMIT} for none
   */
  long deadlineMs() default NO_LIMIT;

  /**
   * The time for one attempt; of streams, as for {@link #deadlineMs}. When it is up, the attempt's
   * own cancellation token is cancelled, then its thread interrupted or, if the method blocks none,
   * its future or subscription cancelled; the failure counts as {@link FailureKind#TIMEOUT}. A
   * blocking attempt is waited for, and a platform thread that reads from a socket does not feel an
   * interrupt: set the HTTP client's own time-outs too, or act on the token.
   *
   * <p>The attempt's token stands in for the caller's where the parameter's type is {@code
   * CancellationToken} itself, and is cut off from it when the attempt is over: what the method
   * returns must not count on it.
   *
   * @return milliseconds, 1 or more; {@link #NO_LIMIT} for none
   */
  long attemptTimeoutMs() default NO_LIMIT;

  /**
   * The longest wait that a provider may ask for; a longer one ends the call at once.
   *
   * @return milliseconds, 0 or more; {@link #NO_LIMIT} waits however long the provider says
   */
  long maxRetryAfterMs() default 60_000;

  /**
   * How much of a stream is retried, for methods that return a {@code Stream}, {@code Iterator},
   * {@code Iterable} or an {@code AutoCloseable} with a method that returns one of these.
   * Publishers and callbacks are always retried until their first element of content.
   *
   * @return where the retries end
   */
  StreamRetry stream() default StreamRetry.OPENING;

  /**
   * Tells which elements of a stream come before its content, such as {@code message_start} or an
   * empty chunk that names a role. They are held back until the first element of content has
   * arrived, then handed on once; if the stream is retried before, they are dropped.
   *
   * @return a class with a constructor without parameters
   */
  Class<? extends Predicate<?>> preamble() default NoPreamble.class;

  /**
   * Exceptions to retry though they would not be. Subclasses count, and causes too. Of two classes
   * that match one exception the more specific decides. A refusal wins over a retry where the
   * exception and its causes are judged differently.
   *
   * @return classes of exceptions that the method can throw, or that can be the cause of one
   */
  Class<? extends Throwable>[] retryOn() default {};

  /**
   * Exceptions not to retry though they would be; see {@link #retryOn}.
   *
   * @return classes of exceptions, as there
   */
  Class<? extends Throwable>[] abortOn() default {};

  /**
   * Kinds of failure to retry though they are not {@linkplain FailureKind#isRetryable retryable}.
   *
   * @return the kinds; never {@link FailureKind#CANCELLED}
   */
  FailureKind[] retryOnKinds() default {};

  /**
   * Kinds of failure not to retry though they are {@linkplain FailureKind#isRetryable retryable}.
   *
   * @return the kinds
   */
  FailureKind[] abortOnKinds() default {};

  /** What {@link #preamble} is unless it is set: all elements are content. */
  final class NoPreamble implements Predicate<Object> {

    /** Makes one; there is no need to. */
    public NoPreamble() {}

    /** {@return false} */
    @Override
    public boolean test(Object element) {
      return false;
    }
  }
}
