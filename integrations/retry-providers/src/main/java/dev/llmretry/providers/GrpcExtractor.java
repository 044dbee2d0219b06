package dev.llmretry.providers;

import com.google.protobuf.Parser;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureInfo;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the exceptions of gRPC. The status code is used as the error type, since Google's JSON APIs
 * use the same names; the retry delay is the server's pushback, or in the details of Google's APIs.
 */
public final class GrpcExtractor implements FailureExtractor {

  private static final String PUSHBACK = "grpc-retry-pushback-ms";
  private static final String DETAILS = "grpc-status-details-bin";

  /** Called by {@link java.util.ServiceLoader}. */
  public GrpcExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("io.grpc.StatusRuntimeException", "io.grpc.StatusException");
  }

  @Override
  public FailureInfo extract(Throwable error) {
    if (isCancelledHere(error)) {
      return Failure.of(FailureKind.CANCELLED, "gRPC context");
    }
    return Facts.of(error, Throwable.class)
        .type(e -> Status.fromThrowable(e).getCode().name())
        .code(e -> GoogleDetails.reason(detail(e, "google.rpc.ErrorInfo", ErrorInfo.parser())))
        .message(
            e ->
                GoogleDetails.message(
                    e.getMessage(), detail(e, "google.rpc.QuotaFailure", QuotaFailure.parser())))
        .message(e -> e.getMessage())
        .retryAfter(e -> pushback(e))
        .retryAfter(e -> GoogleDetails.delay(detail(e, "google.rpc.RetryInfo", RetryInfo.parser())))
        .collected();
  }

  /**
   * The server, a proxy or the caller may have cancelled; in the last case its context has been.
   */
  private static boolean isCancelledHere(Throwable error) {
    try {
      return Status.fromThrowable(error).getCode() == Status.Code.CANCELLED
          && Context.current().isCancelled();
    } catch (LinkageError e) {
      return false; // before grpc-api 1.58, the context was in another artifact
    }
  }

  private static @Nullable Duration pushback(Throwable error) {
    String millis = trailer(error, Metadata.Key.of(PUSHBACK, Metadata.ASCII_STRING_MARSHALLER));
    return millis == null ? null : Duration.ofMillis(Long.parseLong(millis));
  }

  private static <T> @Nullable T detail(Throwable error, String type, Parser<T> parser) {
    byte[] status = trailer(error, Metadata.Key.of(DETAILS, Metadata.BINARY_BYTE_MARSHALLER));
    return GoogleDetails.find(status, type, parser);
  }

  private static <T> @Nullable T trailer(Throwable error, Metadata.Key<T> key) {
    Metadata trailers = Status.trailersFromThrowable(error);
    return trailers == null ? null : trailers.get(key);
  }
}
