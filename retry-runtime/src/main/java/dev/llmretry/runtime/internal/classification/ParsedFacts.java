package dev.llmretry.runtime.internal.classification;

import dev.llmretry.runtime.classification.FailureFacts;
import dev.llmretry.runtime.internal.util.Log;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One failure's facts, with headers and message made ready for rules when first asked for. */
final class ParsedFacts {

  private final FailureFacts facts;
  private final InstantSource time;

  private @Nullable ResponseHeaders headers;
  private @Nullable String text;
  private @Nullable Instant now;

  ParsedFacts(FailureFacts facts, InstantSource time) {
    this.facts = facts;
    this.time = time;
  }

  FailureFacts facts() {
    return facts;
  }

  /** Returns the usable values of a header, in order; empty if there is none. */
  List<String> header(ResponseHeader header) {
    if (headers == null) {
      headers = ResponseHeaders.scan(facts.headers());
    }
    return headers.values(header);
  }

  /**
   * Returns the message in lower case, shortened if it is huge. Empty where it may be anybody's
   * text rather than a provider's: without an HTTP status, an error code or an error type.
   */
  String text() {
    if (text == null) {
      text = isProviders() ? MessageText.of(facts.message()) : "";
    }
    return text;
  }

  /** Returns whether a provider said this. */
  boolean isProviders() {
    return facts.statusCode() > 0 || facts.errorCode() != null || facts.errorType() != null;
  }

  /** Returns the time by the response's own clock if it is readable, else ours. */
  Instant now() {
    if (now == null) {
      now = readNow();
    }
    return now;
  }

  /** To a clock that fails, all dates are past. */
  private Instant ourNow() {
    try {
      return Objects.requireNonNull(time.instant(), "the clock's time is null");
    } catch (Throwable e) {
      Log.warning("The clock failed; a wait until a date counts as over", e);
      return Instant.MAX;
    }
  }

  private Instant readNow() {
    Instant ours = ourNow();
    for (String value : header(ResponseHeader.DATE)) {
      Instant theirs = HttpDates.parse(value, ours);
      if (theirs != null) {
        return theirs;
      }
    }
    return ours;
  }
}
