package dev.llmretry.runtime.internal.classification;

import dev.llmretry.runtime.classification.FailureFacts;
import dev.llmretry.runtime.internal.util.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts of one failure, with headers and body parsed on first use. */
final class ParsedFacts {

  /** Codes that say no more than that there was a failure. */
  private static final Set<String> GENERAL_CODES =
      Set.of("error", "fail", "failed", "failure", "exception", "unknown", "unknown error");

  private final FailureFacts facts;
  private final InstantSource time;

  private @Nullable ResponseHeaders headers;
  private @Nullable ResponseBody body;
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
    return headers().values(header);
  }

  /** Returns the headers that have {@code retry-after} in a name of their own. */
  List<ResponseBody.Member> otherDelays() {
    return headers().otherDelays();
  }

  /** Returns the limits in the headers. */
  RateLimits limits() {
    return headers().limits();
  }

  private ResponseHeaders headers() {
    if (headers == null) {
      headers = ResponseHeaders.scan(facts.headers());
    }
    return headers;
  }

  /**
   * Returns what the message says. It is empty if it may not be a provider's: without an HTTP
   * status, an error code and an error type.
   */
  ResponseBody body() {
    if (body == null) {
      body = isProviders() ? ResponseBody.of(facts.message()) : ResponseBody.EMPTY;
    }
    return body;
  }

  /** Returns the text of the body in lower case. */
  String text() {
    return body().text();
  }

  /** Returns what code, type and message say about an exhausted quota. */
  QuotaWords.Evidence quotaWords() {
    QuotaWords.Evidence given =
        QuotaWords.stronger(quotaText(facts.errorCode()), quotaText(facts.errorType()));
    return QuotaWords.stronger(given, QuotaWords.stronger(quotaNames(), QuotaWords.find(text())));
  }

  /** Some send a sentence as the code. */
  private static QuotaWords.Evidence quotaText(@Nullable String code) {
    return code == null ? QuotaWords.Evidence.NONE : QuotaWords.find(Ascii.lowerCase(code));
  }

  /** Likewise, of codes and types only. */
  QuotaWords.Evidence quotaNames() {
    QuotaWords.Evidence names =
        QuotaWords.stronger(
            QuotaWords.find(QuotaWords.wordsOf(facts.errorCode())),
            QuotaWords.find(QuotaWords.wordsOf(facts.errorType())));
    return QuotaWords.stronger(names, QuotaWords.find(body().unknownCodes()));
  }

  /** Returns whether there is an unknown code or type that names a failure other than a limit. */
  boolean hasUnknownCode() {
    String words =
        String.join(
            "\n",
            QuotaWords.wordsOf(facts.errorCode()),
            QuotaWords.wordsOf(facts.errorType()),
            body().unknownCodes());
    return words.lines().anyMatch(ParsedFacts::namesFailure);
  }

  private static boolean namesFailure(String words) {
    return words.chars().anyMatch(Character::isLetter)
        && !words.contains("limit")
        && !GENERAL_CODES.contains(words);
  }

  /** Returns whether the facts come from a provider's response. */
  boolean isProviders() {
    return facts.statusCode() > 0 || facts.errorCode() != null || facts.errorType() != null;
  }

  /**
   * Returns the time of the response's {@code Date} header if it is valid, and its {@code Age}
   * later if it comes from a cache; else the time of the local clock.
   */
  Instant now() {
    if (now == null) {
      now = readNow();
    }
    return now;
  }

  /** If the clock fails, all dates count as past. */
  private Instant ourNow() {
    try {
      return Objects.requireNonNull(time.instant(), "the clock's time is null");
    } catch (Throwable e) {
      Log.warning("The clock failed; a delay until a date counts as elapsed", e);
      return Instant.MAX;
    }
  }

  private Duration age() {
    for (String value : header(ResponseHeader.AGE)) {
      Duration age = DelayParsing.decimal(value, DelayParsing.NANOS_PER_SECOND);
      if (age != null) {
        return age;
      }
    }
    return Duration.ZERO;
  }

  private Instant readNow() {
    Instant ours = ourNow();
    for (String value : header(ResponseHeader.DATE)) {
      Instant theirs = HttpDates.parse(value, ours);
      if (theirs != null) {
        return theirs.plus(age());
      }
    }
    return ours;
  }
}
