package dev.llmretry.spring;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

/**
 * Lets the methods of {@code @HttpExchange} interfaces have a {@link CancellationToken} or an
 * {@link Attempt} as parameter: Spring reports "No suitable resolver" otherwise. The request
 * contains neither, but the identifier of the call as the header {@code Idempotency-Key}, if there
 * is an attempt. The starter adds it to the clients of {@code @ImportHttpServices}; for others,
 * pass it to {@code HttpServiceProxyFactory.Builder.customArgumentResolver}.
 *
 * <p>The token ends delays, and prevents attempts; Spring's clients cannot end a request in flight.
 */
public final class RetryArgumentResolver implements HttpServiceArgumentResolver {

  /** Creates a resolver. */
  public RetryArgumentResolver() {}

  @Override
  public boolean resolve(
      @Nullable Object argument, MethodParameter parameter, HttpRequestValues.Builder values) {
    if (argument instanceof Attempt attempt) {
      values.addHeader("Idempotency-Key", attempt.callId());
    }
    Class<?> type = parameter.getParameterType();
    return type == Attempt.class || type == CancellationToken.class;
  }
}
