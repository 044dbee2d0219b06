package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects the facts of an exception, accessor by accessor. An accessor that throws, or that this
 * version of the SDK does not have, loses only its own fact. If there are several accessors for one
 * fact, the first one that returns a value is used.
 *
 * <p>An accessor is a lambda that returns a JDK type, such as {@code e -> e.code()}. A method
 * reference, or a lambda that returns a type of the SDK, would be linked before it is called,
 * outside of the try block.
 *
 * @param <E> the SDK's exception. It has no bound: to check one, the verifier would load the SDK
 *     together with the extractor
 */
final class Facts<E> {

  private final E error;
  private int status;
  private Map<String, List<String>> headers = Map.of();
  private @Nullable String code;
  private @Nullable String type;
  private @Nullable String message;
  private @Nullable Duration retryAfter;

  private Facts(E error) {
    this.error = error;
  }

  /**
   * Starts to collect.
   *
   * @throws ClassCastException if {@code error} is of another class of that name
   */
  static <E> Facts<E> of(Throwable error, Class<E> type) {
    return new Facts<>(type.cast(error));
  }

  Facts<E> status(ToIntFunction<E> accessor) {
    if (status == 0) {
      Integer found = read(accessor::applyAsInt);
      status = found == null ? 0 : found;
    }
    return this;
  }

  Facts<E> headers(Function<E, @Nullable Map<String, List<String>>> accessor) {
    if (headers.isEmpty()) {
      Map<String, List<String>> found = read(accessor);
      headers = found == null ? Map.of() : found;
    }
    return this;
  }

  /** Reads headers by name, for SDKs whose headers are not a map. */
  Facts<E> headers(
      Function<E, Set<String>> names, BiFunction<E, String, @Nullable List<String>> values) {
    return headers(
        e -> {
          Map<String, List<String>> found = new HashMap<>();
          for (String name : names.apply(e)) {
            List<String> value = values.apply(e, name);
            if (value != null) {
              found.put(name, value);
            }
          }
          return found;
        });
  }

  Facts<E> code(Function<E, @Nullable String> accessor) {
    code = code != null ? code : read(accessor);
    return this;
  }

  Facts<E> type(Function<E, @Nullable String> accessor) {
    type = type != null ? type : read(accessor);
    return this;
  }

  Facts<E> message(Function<E, @Nullable String> accessor) {
    message = message != null ? message : read(accessor);
    return this;
  }

  /** Reads a delay that is neither in the headers nor in the message. */
  Facts<E> retryAfter(Function<E, @Nullable Duration> accessor) {
    retryAfter = retryAfter != null ? retryAfter : read(accessor);
    return this;
  }

  /** Returns the facts found. */
  FailureFacts collected() {
    return FailureFacts.builder()
        .statusCode(status)
        .headers(headers)
        .errorCode(code)
        .errorType(type)
        .message(message)
        .retryAfter(retryAfter)
        .build();
  }

  private <T> @Nullable T read(Function<E, @Nullable T> accessor) {
    try {
      return accessor.apply(error);
    } catch (Exception | LinkageError e) {
      return null; // only this fact is lost
    }
  }
}
