package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Classifies a response by its HTTP status only. */
final class StatusRules {

  /** Shared instances, since very many calls may wait after the same response. */
  private static final AtomicReferenceArray<@Nullable Classification> BY_STATUS =
      new AtomicReferenceArray<>(600);

  private StatusRules() {}

  /** Returns the classification by a status from 400 to 599. */
  static Classification classification(int status) {
    Classification known = BY_STATUS.get(status);
    if (known == null) {
      Failure failure = new Failure(kindOf(status), null, status, "HTTP " + status);
      known = new Classification(failure, Classification.Confidence.BY_STATUS);
      BY_STATUS.set(status, known);
    }
    return known;
  }

  /**
   * Returns the kind of a status; {@link FailureKind#UNKNOWN} if it has none.
   *
   * <p>Beyond HTTP: 498 is Groq's "flex tier capacity exceeded", 499 nginx's and Google's "client
   * closed request", which a server or proxy also sends under load, 524 Cloudflare's time-out, 529
   * Anthropic's "overloaded". 409, 424 and 425 are transient with all providers that send them; 501
   * and 505 are permanent.
   */
  static FailureKind kindOf(int status) {
    return switch (status) {
      case 400, 405, 413, 415, 422 -> FailureKind.INVALID_REQUEST;
      case 401 -> FailureKind.UNAUTHORIZED;
      case 402 -> FailureKind.QUOTA_EXHAUSTED;
      case 403 -> FailureKind.FORBIDDEN;
      case 404, 410 -> FailureKind.NOT_FOUND;
      case 408, 504, 524 -> FailureKind.TIMEOUT;
      case 409, 424, 425, 499 -> FailureKind.SERVER;
      case 429 -> FailureKind.RATE_LIMITED;
      case 498, 503, 529 -> FailureKind.OVERLOADED;
      case 501, 505 -> FailureKind.UNSUPPORTED;
      default -> status >= 500 && status <= 599 ? FailureKind.SERVER : FailureKind.UNKNOWN;
    };
  }

  /**
   * Returns the status code given as text, or 0. Some providers send it as the error code; inside a
   * stream that began with HTTP 200 it is not available otherwise.
   */
  static int statusIn(@Nullable String text) {
    if (text == null || text.length() != 3) {
      return 0;
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      status = status * 10 + digit;
    }
    return status >= 400 && status <= 599 ? status : 0;
  }
}
