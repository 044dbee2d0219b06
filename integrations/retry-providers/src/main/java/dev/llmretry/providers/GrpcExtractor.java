package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the exceptions of gRPC. The status code is used as the error type, since Google's JSON APIs
 * use the same names; the retry delay is the server's pushback.
 */
public final class GrpcExtractor implements FailureExtractor {

  private static final String PUSHBACK = "grpc-retry-pushback-ms";

  /** Called by {@link java.util.ServiceLoader}. */
  public GrpcExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("io.grpc.StatusRuntimeException", "io.grpc.StatusException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, Throwable.class)
        .type(e -> Status.fromThrowable(e).getCode().name())
        .message(e -> e.getMessage())
        .retryAfter(e -> pushback(Status.trailersFromThrowable(e)))
        .collected();
  }

  private static @Nullable Duration pushback(@Nullable Metadata trailers) {
    if (trailers == null) {
      return null;
    }
    String millis = trailers.get(Metadata.Key.of(PUSHBACK, Metadata.ASCII_STRING_MARSHALLER));
    return millis == null ? null : Duration.ofMillis(Long.parseLong(millis));
  }
}
