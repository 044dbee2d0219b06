package dev.llmretry.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ErrorDetails;
import com.google.api.gax.rpc.StatusCode;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.Failure;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gRPC's exceptions, and those of gax, which tell the same codes by other classes. */
class GoogleCloudTest {

  private record Code(StatusCode.Code getCode) implements StatusCode {

    @Override
    public @Nullable Object getTransportCode() {
      return null;
    }
  }

  private static Failure classify(Throwable error) {
    return RetryRuntime.standard().classify(error);
  }

  @ParameterizedTest
  @CsvSource({
    "RESOURCE_EXHAUSTED, RATE_LIMITED",
    "UNAVAILABLE, OVERLOADED",
    "INTERNAL, SERVER",
    "ABORTED, SERVER",
    "DEADLINE_EXCEEDED, TIMEOUT",
    "INVALID_ARGUMENT, INVALID_REQUEST",
    "PERMISSION_DENIED, FORBIDDEN",
    "UNAUTHENTICATED, UNAUTHORIZED",
    "NOT_FOUND, NOT_FOUND",
    "UNIMPLEMENTED, UNSUPPORTED",
    "CANCELLED, SERVER",
    "UNKNOWN, UNKNOWN",
  })
  void codesAreUnderstood(String code, FailureKind kind) {
    Status status = Status.Code.valueOf(code).toStatus();
    assertThat(classify(status.asRuntimeException()).kind()).isEqualTo(kind);
    assertThat(classify(status.asException()).kind()).isEqualTo(kind);
    Throwable gax =
        new ApiException(
            status.asRuntimeException(), new Code(StatusCode.Code.valueOf(code)), false);
    assertThat(classify(gax).kind()).isEqualTo(kind);
  }

  @Test
  void theServersPushbackIsTheWait() {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), "1500");
    assertThat(classify(Status.UNAVAILABLE.asRuntimeException(trailers)).retryAfter())
        .isEqualTo(Duration.ofMillis(1_500));
    assertThat(classify(Status.UNAVAILABLE.asRuntimeException(new Metadata())).retryAfter())
        .isNull();
  }

  @Test
  void theDelayInTheDetailsIsTheWait() {
    RetryInfo info =
        RetryInfo.newBuilder()
            .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(7).setNanos(5))
            .build();
    Throwable error =
        new ApiException(
            new IllegalStateException(),
            new Code(StatusCode.Code.RESOURCE_EXHAUSTED),
            false,
            ErrorDetails.builder().setRawErrorMessages(List.of(Any.pack(info))).build());
    assertThat(classify(error).retryAfter()).isEqualTo(Duration.ofSeconds(7, 5));
    assertThat(classify(error).kind()).isEqualTo(FailureKind.RATE_LIMITED);
  }

  @Test
  void aCancellationIsTheCallersIfItsContextIsCancelled() {
    Context.CancellableContext context = Context.current().withCancellation();
    context.cancel(null);
    context.run(
        () -> {
          assertThat(classify(Status.CANCELLED.asRuntimeException()).kind())
              .isEqualTo(FailureKind.CANCELLED);
          assertThat(classify(Status.UNAVAILABLE.asRuntimeException()).kind())
              .isEqualTo(FailureKind.OVERLOADED);
        });
  }

  private static QuotaFailure quotaOfADay() {
    return QuotaFailure.newBuilder()
        .addViolations(
            QuotaFailure.Violation.newBuilder().setQuotaId("GenerateRequestsPerDayPerProject"))
        .build();
  }

  @Test
  void aQuotaOfADayInTheDetailsIsExhausted() {
    RetryInfo info =
        RetryInfo.newBuilder()
            .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(22))
            .build();
    List<Any> details = List.of(Any.pack(info), Any.pack(quotaOfADay()));
    Throwable gax =
        new ApiException(
            new IllegalStateException("no"),
            new Code(StatusCode.Code.RESOURCE_EXHAUSTED),
            false,
            ErrorDetails.builder().setRawErrorMessages(details).build());
    assertThat(classify(gax).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(gax).retryAfter()).isEqualTo(Duration.ofSeconds(22));
    assertThat(classify(grpc(Status.RESOURCE_EXHAUSTED, details))).isEqualTo(classify(gax));
  }

  @Test
  void theReasonInTheDetailsIsTheCode() {
    ErrorInfo info = ErrorInfo.newBuilder().setReason("API_KEY_INVALID").build();
    assertThat(classify(grpc(Status.INVALID_ARGUMENT, List.of(Any.pack(info)))).kind())
        .isEqualTo(FailureKind.UNAUTHORIZED);
    Throwable gax =
        new ApiException(
            new IllegalStateException(),
            new Code(StatusCode.Code.INVALID_ARGUMENT),
            false,
            ErrorDetails.builder().setRawErrorMessages(List.of(Any.pack(info))).build());
    assertThat(classify(gax).kind()).isEqualTo(FailureKind.UNAUTHORIZED);
  }

  private static Throwable grpc(Status status, List<Any> details) {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER),
        com.google.rpc.Status.newBuilder().addAllDetails(details).build().toByteArray());
    return status.asRuntimeException(trailers);
  }
}
