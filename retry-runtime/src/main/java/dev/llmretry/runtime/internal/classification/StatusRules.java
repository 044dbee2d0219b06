package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What a status means where nothing else tells. */
final class StatusRules {

  /** The common case costs no object: very many calls may wait after the same answer. */
  private static final AtomicReferenceArray<@Nullable Classification> VERDICTS =
      new AtomicReferenceArray<>(600);

  private StatusRules() {}

  /** Returns the verdict on an answer of which nothing but the status, from 400 to 599, tells. */
  static Classification verdict(int status) {
    Classification known = VERDICTS.get(status);
    if (known == null) {
      Failure failure = new Failure(kindOf(status), null, status, "HTTP " + status);
      known = new Classification(failure, Classification.Confidence.BY_STATUS);
      VERDICTS.set(status, known);
    }
    return known;
  }

  /**
   * Returns the kind, {@link FailureKind#UNKNOWN} if the status tells none.
   *
   * <p>Beyond HTTP: 498 is Groq's "flex tier capacity exceeded", 499 nginx's and Google's "client
   * closed request", 524 Cloudflare's time-out, 529 Anthropic's "overloaded". A 409, 424 or 425
   * passes by itself with all providers that send it. 501 and 505 stay as they are.
   */
  static FailureKind kindOf(int status) {
    return switch (status) {
      case 400, 405, 413, 415, 422 -> FailureKind.INVALID_REQUEST;
      case 401 -> FailureKind.UNAUTHORIZED;
      case 402 -> FailureKind.QUOTA_EXHAUSTED;
      case 403 -> FailureKind.FORBIDDEN;
      case 404, 410 -> FailureKind.NOT_FOUND;
      case 408, 504, 524 -> FailureKind.TIMEOUT;
      case 409, 424, 425 -> FailureKind.SERVER;
      case 429 -> FailureKind.RATE_LIMITED;
      case 498, 503, 529 -> FailureKind.OVERLOADED;
      case 499 -> FailureKind.CANCELLED;
      case 501, 505 -> FailureKind.UNSUPPORTED;
      default -> status >= 500 && status <= 599 ? FailureKind.SERVER : FailureKind.UNKNOWN;
    };
  }

  /**
   * Returns the status that stands in {@code text}, or 0. Some providers write it as the error
   * code; inside a stream that began with HTTP 200 it stands nowhere else.
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
