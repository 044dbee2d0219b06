package dev.llmretry.providers;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.llmretry.providers.internal.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the details of Google's errors, as of google.rpc, with the names that they have in JSON
 * responses.
 */
final class GoogleDetails {

  private GoogleDetails() {}

  /** Returns the message, and the JSON of the quotas that were exceeded. */
  static @Nullable String message(@Nullable String message, @Nullable QuotaFailure quotas) {
    if (quotas == null) {
      return message;
    }
    List<Map<String, String>> violations = new ArrayList<>();
    for (QuotaFailure.Violation violation : quotas.getViolationsList()) {
      Map<String, String> members = new LinkedHashMap<>();
      members.put("quotaMetric", violation.getQuotaMetric());
      members.put("quotaId", violation.getQuotaId());
      members.put("description", violation.getDescription());
      violations.add(members);
    }
    return message + "\n" + Json.write(Map.of("violations", violations));
  }

  /**
   * Returns the detail of that type in a serialised google.rpc.Status, or null.
   *
   * @param type the name of the type, such as {@code google.rpc.RetryInfo}
   */
  static <T> @Nullable T find(byte @Nullable [] status, String type, Parser<T> parser) {
    try {
      for (Any detail :
          status == null ? List.<Any>of() : Status.parseFrom(status).getDetailsList()) {
        if (detail.getTypeUrl().endsWith('/' + type)) {
          return parser.parseFrom(detail.getValue());
        }
      }
      return null;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the error code, such as {@code RATE_LIMIT_EXCEEDED}, or null. */
  static @Nullable String reason(@Nullable ErrorInfo info) {
    return info == null ? null : info.getReason();
  }

  /** Returns the delay before a retry, or null. */
  static @Nullable Duration delay(@Nullable RetryInfo info) {
    return info == null
        ? null
        : Duration.ofSeconds(info.getRetryDelay().getSeconds(), info.getRetryDelay().getNanos());
  }
}
