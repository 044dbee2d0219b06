package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.io.IOException;
import java.util.Set;
import retrofit2.HttpException;

/**
 * Reads Retrofit's {@code HttpException}. Retrofit buffers the body, but it can be consumed only
 * once, which is left to the application: this extractor peeks at it.
 */
public final class RetrofitExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public RetrofitExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("retrofit2.HttpException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, HttpException.class)
        .status(e -> e.code())
        .headers(e -> e.response().headers().toMultimap())
        .message(e -> body(e))
        .message(e -> e.getMessage())
        .collected();
  }

  private static String body(HttpException error) {
    try {
      return error.response().errorBody().source().peek().readUtf8();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
