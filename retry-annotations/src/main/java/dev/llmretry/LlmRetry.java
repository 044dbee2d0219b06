package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Retries a method. For interfaces, the annotation processor generates a wrapper class in the same
 * package: {@code RetryingChatClient} for {@code ChatClient}. For classes, AspectJ weaves the
 * retries into the methods, if the build enables it with {@code -Allmretry.weaving=aspectj}.
 *
 * <ul>
 *   <li>On a method, it retries that method.
 *   <li>On an interface, it retries all of its methods, inherited ones too, except those of {@link
 *       Object}, {@link AutoCloseable#close} and those marked {@link NoRetry}. Nor does it cover
 *       inherited methods without parameters that return a configuration, such as {@code
 *       getOptions()}, or another client, such as {@code batches()}; nor those that return a copy
 *       of the client, such as {@code withOptions(…)}. An annotation on the method replaces the one
 *       on the type: settings are not merged.
 *   <li>On a class, likewise, but only the methods that the class itself declares, and neither
 *       private nor static ones.
 *   <li>On an annotation type, it makes a <em>composed annotation</em>: {@code @Resilient} then has
 *       the effect of the {@code @LlmRetry} on it. Its retention must be {@code CLASS} or {@code
 *       RUNTIME}.
 * </ul>
 *
 * <p>A failed attempt is classified. Transient failures (rate limits, overload, server errors,
 * time-outs, broken connections) are retried. For a permanent failure (an invalid key, an exhausted
 * quota, a request that is too long), the attempt's exception is rethrown at once. {@link Error}s,
 * {@link InterruptedException} and cancellations are never retried.
 *
 * <p>All settings are checked by the compiler. Times are in milliseconds and at most {@value
 * #MAX_MILLIS}.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface LlmRetry {

  /** The value of a limit that is not set. */
  long NO_LIMIT = -1;

  /** The longest time that can be set, in milliseconds: {@link Long#MAX_VALUE} nanoseconds. */
  long MAX_MILLIS = 9_223_372_036_854L;

  /**
   * The name of the method in settings from outside, such as those of a configuration file: {@code
   * llmretry.methods.chat.max} for {@code "chat"}. Methods with the same name share these settings.
   * Without a name, a key consists of the class and the method.
   *
   * @return letters, digits, {@code -} and {@code _}, beginning with a letter; or nothing
   */
  String name() default "";

  /**
   * The number of <em>retries</em>. There are at most {@code max + 1} attempts, not counting those
   * that the provider refused only because of other calls that share its limit. After eleven such
   * refusals in succession the next one counts, so that a call makes at most {@code 12 * (max + 1)}
   * attempts. {@link #deadlineMs} bounds them further; with {@code Upstream.none()} every attempt
   * counts.
   *
   * @return from 1 to 10,000; 0 is accepted with a warning, and disables retries
   */
  int max() default 3;

  /**
   * The delay before the first retry.
   *
   * @return milliseconds; 0 retries at once
   */
  long baseDelayMs() default 100;

  /**
   * The factor by which each delay is longer than the one before.
   *
   * @return a factor, 1 or more
   */
  double multiplier() default 2;

  /**
   * The upper limit of back-off. It does not apply to a delay that the provider asks for; {@link
   * #maxRetryAfterMs} does.
   *
   * @return milliseconds; not below {@link #baseDelayMs}
   */
  long maxDelayMs() default 30_000;

  /**
   * How delays are randomised.
   *
   * @return the kind of jitter
   */
  Jitter jitter() default Jitter.NONE;

  /**
   * Whether to retry an error on which a nested retry has exhausted its attempts.
   *
   * @return the treatment of such errors
   */
  Nested nested() default Nested.ONCE;

  /**
   * The time limit of the whole call, attempts and delays included. A delay that cannot end before
   * the deadline is not started, and an attempt times out at the deadline. For methods that return
   * a stream or publisher or take a callback, it ends at the first element of content; for a stream
   * that is only opened, when the method returns.
   *
   * @return milliseconds, 1 or more; {@link #NO_LIMIT} for none
   */
  long deadlineMs() default NO_LIMIT;

  /**
   * The time limit of one attempt; for streams, see {@link #deadlineMs}. When it has passed, the
   * attempt's own cancellation token is cancelled, then its thread is interrupted or, for
   * asynchronous methods, its future or subscription cancelled. The failure is a {@link
   * FailureKind#TIMEOUT}. A call waits until a blocking attempt has returned, and a platform thread
   * that reads from a socket does not respond to an interrupt: set the HTTP client's own time-outs,
   * too, or respond to the token.
   *
   * <p>A parameter of the type {@code CancellationToken} receives the attempt's token instead of
   * the caller's. It is detached from the caller's when the attempt ends; the returned object must
   * not rely on it.
   *
   * @return milliseconds, 1 or more; {@link #NO_LIMIT} for none
   */
  long attemptTimeoutMs() default NO_LIMIT;

  /**
   * How long an attempt may be without a result, or without its first element of content, before a
   * second one, a <em>hedge</em>, is made beside it. The first result or content is that of the
   * attempt, and the other attempt is cancelled. A hedge does not count as a retry. It is made only
   * while the provider limits nothing, and twenty calls that succeed pay for one, so that in the
   * long run at most one call in twenty is hedged. With {@code Upstream.none()} nothing of that is
   * known, and every slow attempt is hedged.
   *
   * <p>For methods that return a future or a publisher, or take a callback that receives errors. On
   * a type, it applies to these. The two attempts run at the same time, so the delegate and the
   * arguments must allow that.
   *
   * @return milliseconds, 1 or more, and less than {@link #attemptTimeoutMs}; {@link #NO_LIMIT} for
   *     no hedges
   */
  long hedgeAfterMs() default NO_LIMIT;

  /**
   * The longest delay that a provider may ask for. A longer one ends the call at once.
   *
   * @return milliseconds, 0 or more; {@link #NO_LIMIT} for any delay
   */
  long maxRetryAfterMs() default 60_000;

  /**
   * How much of a stream is retried, for methods that return a {@code Stream}, {@code Iterator},
   * {@code Iterable} or an {@code AutoCloseable} with a method that returns one of these.
   * Publishers and callbacks are always retried until their first element of content.
   *
   * @return the part that is retried
   */
  StreamRetry stream() default StreamRetry.OPENING;

  /**
   * Recognises the preamble of a stream: the elements before its content, such as {@code
   * message_start} or an empty chunk that names a role. The preamble is held back until the first
   * element of content has arrived, then emitted; if the stream is retried before that, it is
   * dropped. One instance is shared by all calls of the method, so it must be safe for use by
   * several threads. On a type, it applies to those methods whose elements it can test.
   *
   * @return a class with a constructor without parameters
   */
  Class<? extends Predicate<?>> preamble() default NoPreamble.class;

  /**
   * Checks results. A rejected one counts as a failure; if no retry follows, it is returned. The
   * result of a future is its value; of a publisher, a stream or a callback, the preamble and the
   * first element of content are checked. One instance is shared by all calls of the method, so it
   * must be safe for use by several threads. On a type, it applies to those methods whose results
   * it can check.
   *
   * @return a class with a constructor without parameters
   */
  Class<? extends ResultCheck<?>> check() default NoCheck.class;

  /**
   * Changes the argument of the parameter marked {@link Revised} for later attempts. One instance
   * is shared by all calls of the method, so it must be safe for use by several threads. On a type,
   * it applies to those methods that have such a parameter of its type.
   *
   * @return a class with a constructor without parameters
   */
  Class<? extends Reviser<?>> revise() default NoReviser.class;

  /**
   * Exceptions to retry in addition to those of a retryable kind. Subclasses and causes match, too.
   * If one exception matches classes in both lists, the most specific class wins. If the exception
   * and its causes match different lists, {@link #abortOn} wins.
   *
   * @return classes of exceptions that the method can throw, or that can be the cause of one
   */
  Class<? extends Throwable>[] retryOn() default {};

  /**
   * Exceptions not to retry although their kind is retryable; see {@link #retryOn}.
   *
   * @return classes of exceptions that the method can throw, or that can be the cause of one
   */
  Class<? extends Throwable>[] abortOn() default {};

  /**
   * Kinds of failure to retry although they are not {@linkplain FailureKind#isRetryable retryable}.
   *
   * @return the kinds; never {@link FailureKind#CANCELLED}
   */
  FailureKind[] retryOnKinds() default {};

  /**
   * Kinds of failure not to retry although they are {@linkplain FailureKind#isRetryable retryable}.
   *
   * @return the kinds
   */
  FailureKind[] abortOnKinds() default {};

  /** The default of {@link #preamble}: all elements are content. */
  final class NoPreamble implements Predicate<Object> {

    /** Creates an instance; not called by applications. */
    public NoPreamble() {}

    /** {@return false} */
    @Override
    public boolean test(Object element) {
      return false;
    }
  }

  /** The default of {@link #check}: all results are accepted. */
  final class NoCheck implements ResultCheck<Object> {

    /** Creates an instance; not called by applications. */
    public NoCheck() {}

    /** {@return null} */
    @Override
    public @Nullable Rejection check(Object result) {
      return null;
    }
  }

  /** The default of {@link #revise}: all attempts make the same request. */
  final class NoReviser implements Reviser<Object> {

    /** Creates an instance; not called by applications. */
    public NoReviser() {}

    /** {@return {@code request}} */
    @Override
    public Object revise(Object request, FailureKind kind, Throwable error) {
      return request;
    }
  }
}
