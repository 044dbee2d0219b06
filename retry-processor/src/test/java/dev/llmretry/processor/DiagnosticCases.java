package dev.llmretry.processor;

import static dev.llmretry.processor.DiagnosticCase.annotation;
import static dev.llmretry.processor.DiagnosticCase.clean;
import static dev.llmretry.processor.DiagnosticCase.cleanAnnotation;
import static dev.llmretry.processor.DiagnosticCase.cleanMethod;
import static dev.llmretry.processor.DiagnosticCase.file;
import static dev.llmretry.processor.DiagnosticCase.method;
import static dev.llmretry.processor.check.Diagnostic.ATTEMPT_OUTLASTS_DEADLINE;
import static dev.llmretry.processor.check.Diagnostic.BASE_ABOVE_MAX;
import static dev.llmretry.processor.check.Diagnostic.BEYOND_DEADLINE;
import static dev.llmretry.processor.check.Diagnostic.CALLBACK_ARGUMENT;
import static dev.llmretry.processor.check.Diagnostic.CALLBACK_NOT_SUPPORTED;
import static dev.llmretry.processor.check.Diagnostic.CALLBACK_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.CHECK_NOT_SUPPORTED;
import static dev.llmretry.processor.check.Diagnostic.CHECK_TYPE;
import static dev.llmretry.processor.check.Diagnostic.COMPOSED_NOT_RETAINED;
import static dev.llmretry.processor.check.Diagnostic.CONFLICTING_ANNOTATIONS;
import static dev.llmretry.processor.check.Diagnostic.CONFLICTING_INHERITED;
import static dev.llmretry.processor.check.Diagnostic.DELEGATE_AS_LAMBDA;
import static dev.llmretry.processor.check.Diagnostic.DELEGATE_NOT_WIDER;
import static dev.llmretry.processor.check.Diagnostic.DUPLICATE_PARAMETER;
import static dev.llmretry.processor.check.Diagnostic.HEDGE_NOT_SUPPORTED;
import static dev.llmretry.processor.check.Diagnostic.HEDGE_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.INHERITED_NOT_REACHED;
import static dev.llmretry.processor.check.Diagnostic.JITTER_WITHOUT_DELAY;
import static dev.llmretry.processor.check.Diagnostic.KIND_TO_RETRY_AND_ABORT;
import static dev.llmretry.processor.check.Diagnostic.KIND_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.LAZY_RESULT;
import static dev.llmretry.processor.check.Diagnostic.NAME_TAKEN;
import static dev.llmretry.processor.check.Diagnostic.NEVER_RETRIED;
import static dev.llmretry.processor.check.Diagnostic.NOTHING_REVISED;
import static dev.llmretry.processor.check.Diagnostic.NOTHING_TO_RETRY;
import static dev.llmretry.processor.check.Diagnostic.NOT_ACCESSIBLE;
import static dev.llmretry.processor.check.Diagnostic.NOT_INSTANTIABLE;
import static dev.llmretry.processor.check.Diagnostic.NOT_WEAVABLE;
import static dev.llmretry.processor.check.Diagnostic.NOT_WRAPPED;
import static dev.llmretry.processor.check.Diagnostic.NO_INTEGRATION;
import static dev.llmretry.processor.check.Diagnostic.NO_RETRIES;
import static dev.llmretry.processor.check.Diagnostic.NO_RETRY_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.ONE_SHOT_ARGUMENT;
import static dev.llmretry.processor.check.Diagnostic.ONLY_AS_CAUSE;
import static dev.llmretry.processor.check.Diagnostic.OPENING_ONLY;
import static dev.llmretry.processor.check.Diagnostic.OUT_OF_RANGE;
import static dev.llmretry.processor.check.Diagnostic.OUT_OF_REACH;
import static dev.llmretry.processor.check.Diagnostic.PREAMBLE_TYPE;
import static dev.llmretry.processor.check.Diagnostic.PREAMBLE_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.PRIVATE;
import static dev.llmretry.processor.check.Diagnostic.REPLAYABLE_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.RETRY_AND_ABORT;
import static dev.llmretry.processor.check.Diagnostic.RETRY_AND_NO_RETRY;
import static dev.llmretry.processor.check.Diagnostic.RETURN_TYPE_NOT_SUPPORTED;
import static dev.llmretry.processor.check.Diagnostic.REVISED_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.REVISER_TYPE;
import static dev.llmretry.processor.check.Diagnostic.ROUTED_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.ROUTE_WITHOUT_TIMEOUT;
import static dev.llmretry.processor.check.Diagnostic.SEALED;
import static dev.llmretry.processor.check.Diagnostic.SILENT_DEFAULT;
import static dev.llmretry.processor.check.Diagnostic.STREAM_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.SUSPEND_FUNCTION;
import static dev.llmretry.processor.check.Diagnostic.UNREACHABLE_RULE;
import static dev.llmretry.processor.check.Diagnostic.WEAVING_NOT_SET;

import dev.llmretry.processor.check.Diagnostic;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What there is to say about which code. Cases need no options and the usual class path. */
final class DiagnosticCases {

  private static final String TOKEN = "dev.llmretry.runtime.CancellationToken";
  private static final String ATTEMPT = "dev.llmretry.runtime.Attempt";

  private static final String PREDICATE =
      " { @Override public boolean test(%1$s element) { return false; } }\n\n";

  private static final String TESTS_INTEGERS =
      predicate("class First implements Predicate", "Integer");

  private static final String TESTS_STRINGS =
      predicate("class First implements Predicate", "String");

  private DiagnosticCases() {}

  /** Returns the cases about which there is something to say. */
  static List<DiagnosticCase> wrong() {
    return Stream.of(
            ranges(),
            numbersTogether(),
            classRules(),
            kindRules(),
            places(),
            overlookedByEclipse(),
            oneShots(),
            callbacks(),
            returnTypes(),
            lazyResults(),
            streams(),
            preambles(),
            checks(),
            revisers(),
            routes(),
            streamCallbacks(),
            otherParameters(),
            interfaces(),
            delegates(),
            annotations(),
            woven(),
            together())
        .flatMap(Collection::stream)
        .toList();
  }

  private static List<DiagnosticCase> ranges() {
    return List.of(
        annotation(
            "@LlmRetry(max = «-1»)",
            OUT_OF_RANGE,
            "max = -1 is out of range",
            "it must be 0 to 10000",
            "counts retries"),
        annotation(
            "@LlmRetry(name = «\"ask.later\"»)",
            OUT_OF_RANGE,
            "name = ask.later is out of range",
            "letters, digits, - and _, beginning with a letter",
            "keys in settings"),
        annotation("@LlmRetry(name = «\"1st\"»)", OUT_OF_RANGE, "name = 1st"),
        annotation("@LlmRetry(max = «10_001»)", OUT_OF_RANGE, "max = 10001", "0 to 10000"),
        annotation(
            "@LlmRetry(max = «Integer.MIN_VALUE»)",
            OUT_OF_RANGE,
            "max = -2147483648",
            "0 to 10000"),
        annotation(
            "@LlmRetry(baseDelayMs = «-1»)",
            OUT_OF_RANGE,
            "baseDelayMs = -1",
            "0 to 9223372036854",
            "in milliseconds"),
        annotation(
            "@LlmRetry(baseDelayMs = «LlmRetry.MAX_MILLIS + 1»)",
            OUT_OF_RANGE,
            "baseDelayMs = 9223372036855",
            "0 to 9223372036854"),
        annotation(
            "@LlmRetry(maxDelayMs = «1000 * 60 * 60 * 24 * 30»)",
            OUT_OF_RANGE,
            "maxDelayMs = -1702967296",
            "0 to 9223372036854"),
        annotation(
            "@LlmRetry(maxDelayMs = «Long.MAX_VALUE»)",
            OUT_OF_RANGE,
            "maxDelayMs = 9223372036854775807",
            "0 to 9223372036854"),
        annotation(
            "@LlmRetry(multiplier = «0.5»)",
            OUT_OF_RANGE,
            "multiplier = 0.5",
            "it must be 1 or more",
            "as long as the one before"),
        annotation("@LlmRetry(multiplier = «0»)", OUT_OF_RANGE, "multiplier = 0.0", "1 or more"),
        annotation("@LlmRetry(multiplier = «-2»)", OUT_OF_RANGE, "multiplier = -2.0", "1 or more"),
        annotation(
            "@LlmRetry(multiplier = «Double.NaN»)", OUT_OF_RANGE, "multiplier = NaN", "1 or more"),
        annotation(
            "@LlmRetry(multiplier = «Double.POSITIVE_INFINITY»)",
            OUT_OF_RANGE,
            "multiplier = Infinity",
            "1 or more"),
        annotation(
            "@LlmRetry(deadlineMs = «0»)",
            OUT_OF_RANGE,
            "deadlineMs = 0",
            "1 to 9223372036854",
            "LlmRetry.NO_LIMIT sets no limit"),
        annotation(
            "@LlmRetry(deadlineMs = «-5»)", OUT_OF_RANGE, "deadlineMs = -5", "1 to 9223372036854"),
        annotation(
            "@LlmRetry(deadlineMs = «LlmRetry.MAX_MILLIS + 1»)",
            OUT_OF_RANGE,
            "deadlineMs = 9223372036855"),
        annotation(
            "@LlmRetry(attemptTimeoutMs = «0»)",
            OUT_OF_RANGE,
            "attemptTimeoutMs = 0",
            "1 to 9223372036854",
            "LlmRetry.NO_LIMIT sets no limit"),
        annotation("@LlmRetry(attemptTimeoutMs = «-5»)", OUT_OF_RANGE, "attemptTimeoutMs = -5"),
        annotation(
            "@LlmRetry(attemptTimeoutMs = «Long.MAX_VALUE»)",
            OUT_OF_RANGE,
            "attemptTimeoutMs = 9223372036854775807"),
        annotation(
            "@LlmRetry(maxRetryAfterMs = «-2»)",
            OUT_OF_RANGE,
            "maxRetryAfterMs = -2",
            "0 to 9223372036854",
            "LlmRetry.NO_LIMIT sets no limit"),
        annotation(
            "@LlmRetry(maxRetryAfterMs = «Long.MAX_VALUE»)",
            OUT_OF_RANGE,
            "maxRetryAfterMs = 9223372036854775807"),
        file(
            """
            interface Chat {
              int NEVER = -3;

              @LlmRetry(max = «NEVER»)
              String complete(String prompt);
            }
            """,
            OUT_OF_RANGE,
            "max = -3"),
        file(
            """
            @LlmRetry(max = «-1»)
            interface Chat {
              String complete(String prompt);

              String summarise(String text);
            }
            """,
            OUT_OF_RANGE,
            "max = -1"));
  }

  private static List<DiagnosticCase> numbersTogether() {
    return List.of(
        annotation(
            "@LlmRetry(max = «0»)",
            NO_RETRIES,
            "max = 0 retries nothing",
            "Set max to 1 or more",
            "@NoRetry"),
        annotation(
            "@LlmRetry(baseDelayMs = «500», maxDelayMs = 100)",
            BASE_ABOVE_MAX,
            "baseDelayMs = 500 is above maxDelayMs = 100",
            "Lower baseDelayMs, or raise maxDelayMs"),
        annotation(
            "@LlmRetry(baseDelayMs = «60_000»)",
            BASE_ABOVE_MAX,
            "baseDelayMs = 60000 is above maxDelayMs = 30000"),
        annotation(
            "@LlmRetry(maxDelayMs = «50»)",
            BASE_ABOVE_MAX,
            "baseDelayMs = 100 is above maxDelayMs = 50"),
        annotation(
            "@LlmRetry(baseDelayMs = 0, jitter = «Jitter.FULL»)",
            JITTER_WITHOUT_DELAY,
            "jitter = FULL has no effect",
            "baseDelayMs = 0",
            "Set baseDelayMs, or remove the jitter"),
        annotation(
            "@LlmRetry(baseDelayMs = 0, jitter = «Jitter.EQUAL»)",
            JITTER_WITHOUT_DELAY,
            "jitter = EQUAL"),
        annotation(
            "@LlmRetry(baseDelayMs = 0, jitter = «Jitter.DECORRELATED»)",
            JITTER_WITHOUT_DELAY,
            "jitter = DECORRELATED"),
        annotation(
            "@LlmRetry(max = 3, baseDelayMs = 100, deadlineMs = «100»)",
            BEYOND_DEADLINE,
            "deadlineMs = 100 leaves no time for attempts 2 to 4:",
            "the waits before attempt 2 take at least 100 ms",
            "Raise deadlineMs, or lower max, baseDelayMs or multiplier"),
        annotation(
            "@LlmRetry(max = 3, baseDelayMs = 100, deadlineMs = «101»)",
            BEYOND_DEADLINE,
            "no time for attempts 3 to 4:",
            "before attempt 3 take at least 300 ms"),
        annotation(
            "@LlmRetry(max = 3, baseDelayMs = 100, deadlineMs = «300»)",
            BEYOND_DEADLINE,
            "no time for attempts 3 to 4:",
            "at least 300 ms"),
        annotation(
            "@LlmRetry(max = 3, baseDelayMs = 100, deadlineMs = «301»)",
            BEYOND_DEADLINE,
            "no time for attempt 4:",
            "before attempt 4 take at least 700 ms"),
        annotation(
            "@LlmRetry(max = 3, baseDelayMs = 100, deadlineMs = «700»)",
            BEYOND_DEADLINE,
            "no time for attempt 4:",
            "at least 700 ms"),
        annotation(
            "@LlmRetry(max = 3, baseDelayMs = 100, maxDelayMs = 150, deadlineMs = «400»)",
            BEYOND_DEADLINE,
            "no time for attempt 4:",
            "at least 400 ms"),
        annotation(
            "@LlmRetry(max = 3, baseDelayMs = 100, jitter = Jitter.EQUAL, deadlineMs = «350»)",
            BEYOND_DEADLINE,
            "no time for attempt 4:",
            "at least 350 ms"),
        annotation(
            "@LlmRetry(baseDelayMs = 100, jitter = Jitter.DECORRELATED, deadlineMs = «200»)",
            BEYOND_DEADLINE,
            "no time for attempts 3 to 4:",
            "at least 200 ms"),
        annotation(
            "@LlmRetry(max = 10_000, deadlineMs = «60_000»)",
            BEYOND_DEADLINE,
            "no time for attempts 11 to 10001:",
            "at least 81100 ms"),
        annotation(
            "@LlmRetry(deadlineMs = 5_000, attemptTimeoutMs = «5_000»)",
            ATTEMPT_OUTLASTS_DEADLINE,
            "attemptTimeoutMs = 5000 has no effect",
            "deadlineMs = 5000",
            "Lower attemptTimeoutMs, or remove it"),
        annotation(
            "@LlmRetry(deadlineMs = 5_000, attemptTimeoutMs = «5_001»)",
            ATTEMPT_OUTLASTS_DEADLINE,
            "attemptTimeoutMs = 5001"),
        method(
            "@LlmRetry(attemptTimeoutMs = 5_000, hedgeAfterMs = «5_000»)"
                + " java.util.concurrent.CompletableFuture<String> ask();",
            HEDGE_WITHOUT_EFFECT,
            "hedgeAfterMs = 5000 has no effect, since an attempt ends after 5000 ms"),
        method(
            "@LlmRetry(deadlineMs = 5_000, attemptTimeoutMs = 4_000, hedgeAfterMs = «4_500»)"
                + " java.util.concurrent.CompletableFuture<String> ask();",
            HEDGE_WITHOUT_EFFECT,
            "after 4000 ms"),
        method(
            "@LlmRetry(hedgeAfterMs = «0»)"
                + " java.util.concurrent.CompletableFuture<String> ask();",
            OUT_OF_RANGE,
            "hedgeAfterMs",
            "1 to"),
        cleanMethod(
            "@LlmRetry(hedgeAfterMs = 10) java.util.concurrent.CompletableFuture<String> ask();"),
        cleanMethod(
            "@LlmRetry(hedgeAfterMs = 10) java.util.concurrent.Flow.Publisher<String> ask();"),
        cleanMethod(
            "@LlmRetry(hedgeAfterMs = 10) void ask("
                + "@StreamCallback java.util.concurrent.Flow.Subscriber<String> answers);"),
        method(
            "@LlmRetry(hedgeAfterMs = «10») String ask();",
            HEDGE_NOT_SUPPORTED,
            "hedgeAfterMs is not possible on ask(): it blocks its caller's thread",
            "Return a future or a publisher, or remove hedgeAfterMs."),
        method(
            "@LlmRetry(hedgeAfterMs = «10») java.util.stream.Stream<String> ask();",
            HEDGE_NOT_SUPPORTED,
            "it blocks its caller's thread"),
        method(
            "@LlmRetry(hedgeAfterMs = «10») java.util.concurrent.CompletableFuture<Void> ask("
                + "@StreamCallback java.util.function.Consumer<String> answers);",
            HEDGE_NOT_SUPPORTED,
            "both attempts would emit elements to its callback"),
        method(
            "@LlmRetry(hedgeAfterMs = «10») java.util.concurrent.CompletableFuture<String> ask("
                + "@Replayable java.io.InputStream prompt);",
            HEDGE_NOT_SUPPORTED,
            "two attempts would use an argument that is marked @Replayable at the same time"),
        clean(
            """
            @LlmRetry(hedgeAfterMs = 10)
            interface Chat {
              String ask();

              java.util.concurrent.CompletableFuture<String> begin();
            }
            """),
        file(
            """
            @LlmRetry(hedgeAfterMs = «10»)
            interface Chat {
              String ask();
            }
            """,
            HEDGE_NOT_SUPPORTED,
            "hedgeAfterMs is not possible on Chat: none of its methods can make two attempts"));
  }

  private static List<DiagnosticCase> classRules() {
    return List.of(
        annotation(
            "@LlmRetry(retryOn = IOException.class, abortOn = «IOException.class»)",
            RETRY_AND_ABORT,
            "java.io.IOException is listed in both retryOn and abortOn",
            "Remove it from one of them"),
        annotation(
            "@LlmRetry(retryOn = {IOException.class, IllegalStateException.class},"
                + " abortOn = {SocketException.class, «IllegalStateException.class»})",
            RETRY_AND_ABORT,
            "java.lang.IllegalStateException"),
        annotation(
            "@LlmRetry(retryOn = {IOException.class, «SocketException.class»})",
            UNREACHABLE_RULE,
            "java.net.SocketException in retryOn has no effect",
            "java.io.IOException is listed there too",
            "Remove it"),
        annotation(
            "@LlmRetry(abortOn = {«ConnectException.class», IOException.class})",
            UNREACHABLE_RULE,
            "java.net.ConnectException in abortOn has no effect",
            "java.io.IOException"),
        annotation(
            "@LlmRetry(retryOn = {IOException.class, «IOException.class»})",
            UNREACHABLE_RULE,
            "java.io.IOException in retryOn has no effect"),
        annotation(
            "@LlmRetry(retryOn = {IOException.class, «ConnectException.class»},"
                + " abortOn = InterruptedIOException.class)",
            UNREACHABLE_RULE,
            "java.net.ConnectException"),
        annotation(
            "@LlmRetry(retryOn = «Error.class»)",
            NEVER_RETRIED,
            "java.lang.Error is never retried",
            "errors, interruptions and cancellations end a call",
            "Remove it from retryOn"),
        annotation(
            "@LlmRetry(retryOn = «OutOfMemoryError.class»)",
            NEVER_RETRIED,
            "java.lang.OutOfMemoryError"),
        annotation(
            "@LlmRetry(abortOn = «StackOverflowError.class»)", NEVER_RETRIED, "from abortOn"),
        method(
            "@LlmRetry(retryOn = «InterruptedException.class»)"
                + " String complete(String prompt) throws InterruptedException;",
            NEVER_RETRIED,
            "java.lang.InterruptedException is never retried"),
        annotation(
            "@LlmRetry(retryOn = «CancellationException.class»)",
            NEVER_RETRIED,
            "java.util.concurrent.CancellationException is never retried"),
        annotation(
            "@LlmRetry(abortOn = {«dev.llmretry.runtime.CancelledException.class»})",
            NEVER_RETRIED,
            "dev.llmretry.runtime.CancelledException is never retried",
            "from abortOn"),
        method(
            "@LlmRetry(retryOn = «TimeoutException.class») String complete(String prompt);",
            ONLY_AS_CAUSE,
            "complete() does not declare java.util.concurrent.TimeoutException",
            "the rule in retryOn can match only as the cause of another exception"),
        annotation(
            "@LlmRetry(abortOn = {IOException.class, «TimeoutException.class»})",
            ONLY_AS_CAUSE,
            "the rule in abortOn"),
        method(
            "@LlmRetry(retryOn = «IOException.class»)"
                + " <X extends TimeoutException> String complete(Class<X> type) throws X;",
            ONLY_AS_CAUSE,
            "java.io.IOException"));
  }

  private static List<DiagnosticCase> kindRules() {
    return List.of(
        annotation(
            "@LlmRetry(retryOnKinds = FailureKind.UNKNOWN, abortOnKinds = «FailureKind.UNKNOWN»)",
            KIND_TO_RETRY_AND_ABORT,
            "UNKNOWN is listed in both retryOnKinds and abortOnKinds",
            "Remove it from one of them"),
        annotation(
            "@LlmRetry(retryOnKinds = FailureKind.SERVER, abortOnKinds = «FailureKind.SERVER»)",
            KIND_TO_RETRY_AND_ABORT,
            "SERVER is listed in both"),
        annotation(
            "@LlmRetry(retryOnKinds = «FailureKind.RATE_LIMITED»)",
            KIND_WITHOUT_EFFECT,
            "RATE_LIMITED in retryOnKinds has no effect: it is retried anyway",
            "Remove it"),
        annotation(
            "@LlmRetry(retryOnKinds = {FailureKind.UNKNOWN, «FailureKind.UNKNOWN»})",
            KIND_WITHOUT_EFFECT,
            "UNKNOWN in retryOnKinds has no effect: it is listed twice"),
        annotation(
            "@LlmRetry(abortOnKinds = «FailureKind.UNAUTHORIZED»)",
            KIND_WITHOUT_EFFECT,
            "UNAUTHORIZED in abortOnKinds has no effect: it is not retried anyway"),
        annotation(
            "@LlmRetry(abortOnKinds = «FailureKind.CANCELLED»)",
            KIND_WITHOUT_EFFECT,
            "CANCELLED in abortOnKinds has no effect: it is not retried anyway"),
        annotation(
            "@LlmRetry(abortOnKinds = {FailureKind.TIMEOUT, «FailureKind.TIMEOUT»})",
            KIND_WITHOUT_EFFECT,
            "TIMEOUT in abortOnKinds has no effect: it is listed twice"),
        annotation(
            "@LlmRetry(retryOnKinds = «FailureKind.CANCELLED»)",
            NEVER_RETRIED,
            "CANCELLED is never retried",
            "Remove it from retryOnKinds"));
  }

  private static List<DiagnosticCase> places() {
    return List.of(
        method(
            "«@LlmRetry» static String name() { return \"\"; }",
            NOT_WRAPPED,
            "@LlmRetry has no effect on name(), which is static",
            "the generated class cannot override it",
            "Put it on an instance method of an interface"),
        method(
            "«@LlmRetry(max = 2)» private String name() { return \"\"; }",
            NOT_WRAPPED,
            "name(), which is private"),
        method(
            "«@LlmRetry» String toString();",
            NOT_WRAPPED,
            "toString(), which is a method of java.lang.Object"),
        method("«@LlmRetry» int hashCode();", NOT_WRAPPED, "hashCode()"),
        method("«@LlmRetry» boolean equals(Object other);", NOT_WRAPPED, "equals()"),
        file(
            """
            interface Chat {
              @LlmRetry @interface Resilient {}

              «@Resilient» static String name() { return ""; }
            }
            """,
            NOT_WRAPPED,
            "@Resilient has no effect on name()"),
        file(
            """
            sealed «interface» Chat permits OneChat {
              @LlmRetry String complete(String prompt);
            }

            non-sealed interface OneChat extends Chat {}
            """,
            SEALED,
            "Chat is sealed, so no generated class can implement it",
            "Remove the sealed modifier, or annotate an interface that is not sealed"),
        file(
            """
            class Client {
              private «interface» Chat {
                @LlmRetry String complete(String prompt);
              }
            }
            """,
            PRIVATE,
            "Chat is not accessible from the generated class",
            "it or an enclosing type is private",
            "Make it at least package-private"),
        file(
            """
            class Client {
              private static class Hidden {
                «interface» Chat {
                  @LlmRetry String complete(String prompt);
                }
              }
            }
            """,
            PRIVATE,
            "Chat is not accessible"));
  }

  /** Returns the cases of classes that nothing is said to weave. */
  static List<DiagnosticCase> notWoven() {
    return List.of(
        file(
            """
            «@LlmRetry»
            class Client {
              String complete(String prompt) { return prompt; }
            }
            """,
            WEAVING_NOT_SET,
            "@LlmRetry is used in Client, which is not an interface",
            "-Allmretry.weaving=aspectj",
            "extract an interface, or use dev.llmretry.runtime.Retry"),
        file(
                """
            class Client {
              «@LlmRetry(max = 5)»
              String complete(String prompt) { return prompt; }

              «@LlmRetry»
              static String name() { return ""; }
            }
            """,
                WEAVING_NOT_SET,
                "@LlmRetry is used in Client")
            .and(WEAVING_NOT_SET, "@LlmRetry is used in Client"),
        file(
            """
            enum Model {
              SMALL;

              «@LlmRetry»
              String complete(String prompt) { return prompt; }
            }
            """,
            WEAVING_NOT_SET,
            "in Model"),
        file(
            """
            class Client {
              @LlmRetry @interface Resilient {}

              «@Resilient» String complete(String prompt) { return prompt; }
            }
            """,
            WEAVING_NOT_SET,
            "@Resilient is used in Client"));
  }

  private static List<DiagnosticCase> woven() {
    return List.of(
        file(
            """
            abstract class Client {
              @LlmRetry abstract String «complete»(String prompt);
            }
            """,
            NOT_WEAVABLE,
            "complete() cannot be retried, since it is abstract: it has no body to weave"),
        file(
            """
            class Client {
              @LlmRetry native String «complete»(String prompt);
            }
            """,
            NOT_WEAVABLE,
            "since it is native: it has no body to weave"),
        file(
            """
            @LlmRetry
            class Client {
              synchronized String «complete»(String prompt) { return prompt; }
            }
            """,
            NOT_WEAVABLE,
            "since it is synchronized: its lock would be held during delays",
            "a method that it calls, or use @NoRetry"),
        file(
            """
            class Client {
              @LlmRetry
              String complete(
                  int a, int b, int c, int d, int e, int f, int g, int h,
                  dev.llmretry.runtime.CancellationToken «token») {
                return "";
              }
            }
            """,
            OUT_OF_REACH,
            "token is parameter 9 of complete(), and AspectJ can access only the first 8"),
        file(
            """
            class Client {
              @LlmRetry
              void complete(
                  int a, int b, int c, int d, int e, int f, int g, int h,
                  @StreamCallback Consumer<String> «each») {}
            }
            """,
            OUT_OF_REACH,
            "each is parameter 9 of complete()"),
        file(
            """
            class Base {
              String complete(String prompt) { return prompt; }
              String summarise(String text) { return text; }
              @LlmRetry String embed(String text) { return text; }
              @NoRetry String name() { return ""; }
              static String help() { return ""; }
            }

            interface Named {
              default String id() { return ""; }
            }

            «@LlmRetry»
            class Client extends Base implements Named {
              @Override String summarise(String text) { return text; }
            }
            """,
            INHERITED_NOT_REACHED,
            "@LlmRetry on Client does not cover inherited methods: ",
            "Base.complete()",
            "Named.id()"),
        file(
            """
            class Client {
              private static «class» Hidden {
                @LlmRetry String complete(String prompt) { return prompt; }
              }
            }
            """,
            PRIVATE,
            "Hidden is not accessible from the generated class"),
        file(
            """
            class Client {
              private static class Answer {}

              @LlmRetry CompletableFuture<Answer> «complete»(String prompt) { return null; }
            }
            """,
            NOT_ACCESSIBLE,
            "complete() cannot be implemented, since the generated class cannot access",
            "Client.Answer"),
        file(
                """
            class Client {
              @LlmRetry(max = «-1») String complete(String prompt) { return prompt; }
              @LlmRetry Future<String> «later»(String prompt) { return null; }
              @LlmRetry String upload(InputStream «data») { return ""; }
              «@NoRetry» @LlmRetry String name() { return ""; }
            }
            """,
                OUT_OF_RANGE)
            .and(RETURN_TYPE_NOT_SUPPORTED)
            .and(ONE_SHOT_ARGUMENT)
            .and(RETRY_AND_NO_RETRY),
        file(
            """
            class Client {
              «@NoRetry» String complete(String prompt) { return prompt; }
            }
            """,
            NO_RETRY_WITHOUT_EFFECT));
  }

  /** The Eclipse compiler does not tell processors of annotations in these places. */
  static List<DiagnosticCase> overlookedByEclipse() {
    return List.of(
        file(
            """
            @interface Settings {
              @LlmRetry int «retries»() default 3;
            }
            """,
            NOT_WEAVABLE,
            "retries() cannot be retried, since it is abstract"));
  }

  private static List<DiagnosticCase> oneShots() {
    return Stream.of(
            "java.io.InputStream",
            "java.io.FileInputStream",
            "java.io.Reader",
            "java.io.BufferedReader",
            "java.nio.channels.ReadableByteChannel",
            "java.nio.channels.FileChannel",
            "java.util.stream.Stream<java.lang.String>",
            "java.util.stream.IntStream",
            "java.util.Iterator<java.lang.String>",
            "java.util.Enumeration<?>",
            "java.util.Scanner",
            "java.util.Spliterator<java.lang.String>",
            "java.util.concurrent.Flow.Publisher<java.nio.ByteBuffer>",
            "org.reactivestreams.Publisher<java.lang.String>",
            "reactor.core.publisher.Flux<java.lang.String>")
        .map(
            type ->
                method(
                    "@LlmRetry String upload(String name, " + type + " «data», int size);",
                    ONE_SHOT_ARGUMENT,
                    "data may be consumed by the first attempt",
                    "it is a " + type + ".",
                    "byte[] or a Supplier",
                    "@Replayable"))
        .toList();
  }

  private static List<DiagnosticCase> callbacks() {
    return Stream.of(
            "java.util.function.Consumer<java.lang.String>",
            "java.util.function.BiConsumer<java.lang.String, java.lang.Throwable>",
            "java.util.function.IntConsumer",
            "java.util.function.LongConsumer",
            "java.util.function.DoubleConsumer",
            "java.util.function.ObjIntConsumer<java.lang.String>",
            "java.util.function.ObjLongConsumer<java.lang.String>",
            "java.util.function.ObjDoubleConsumer<java.lang.String>",
            "java.util.concurrent.Flow.Subscriber<? super java.lang.String>",
            "java.nio.channels.CompletionHandler<java.lang.String, java.lang.Void>",
            "org.reactivestreams.Subscriber<java.lang.String>",
            "io.reactivex.rxjava3.core.Observer<java.lang.String>",
            "io.reactivex.rxjava3.core.SingleObserver<java.lang.String>",
            "io.reactivex.rxjava3.core.MaybeObserver<java.lang.String>",
            "io.reactivex.rxjava3.core.CompletableObserver",
            "io.grpc.stub.StreamObserver<java.lang.String>",
            "dev.langchain4j.model.StreamingResponseHandler<java.lang.String>",
            "dev.langchain4j.model.chat.response.StreamingChatResponseHandler",
            "okhttp3.Callback",
            "okhttp3.sse.EventSourceListener",
            "retrofit2.Callback<java.lang.String>")
        .map(
            type ->
                method(
                    "@LlmRetry void chat(String prompt, " + type + " «handler»);",
                    CALLBACK_ARGUMENT,
                    "handler may receive the same elements again",
                    "it is a " + type + ", and a retry repeats the whole call",
                    "Mark it @StreamCallback to retry until it has received its first element",
                    "or @Replayable if each attempt may call it",
                    "or use @NoRetry"))
        .toList();
  }

  private static List<DiagnosticCase> lazyResults() {
    return List.of(
        method(
            "@LlmRetry Supplier<String> «complete»(String prompt);",
            LAZY_RESULT,
            "complete() returns java.util.function.Supplier<java.lang.String>",
            "the work of a java.util.function.Supplier may be done",
            "or use @NoRetry"),
        method(
            "@LlmRetry Optional<Stream<String>> «stream»(String prompt);",
            LAZY_RESULT,
            "the work of a java.util.stream.Stream may be done",
            "Stream with stream = StreamRetry.UNTIL_FIRST_ELEMENT"));
  }

  private static List<DiagnosticCase> returnTypes() {
    return Stream.of(
            returning("CompletableFuture", "java.util.concurrent.Future<java.lang.String>"),
            returning("CompletableFuture", "java.util.concurrent.ForkJoinTask<java.lang.String>"),
            returning("CompletableFuture", "java.util.concurrent.ScheduledFuture<?>"),
            returning("CompletableFuture", "kotlinx.coroutines.Deferred<java.lang.String>"),
            returning("CompletableFuture", "okhttp3.Call"),
            returning("CompletableFuture", "retrofit2.Call<java.lang.String>"),
            returning("Flow.Publisher", "io.smallrye.mutiny.Uni<java.lang.String>"),
            returning("Flow.Publisher", "io.smallrye.mutiny.Multi<java.lang.String>"),
            returning("Flow.Publisher", "kotlinx.coroutines.flow.Flow<java.lang.String>"),
            returning(
                "Flow.Publisher", "java.util.concurrent.SubmissionPublisher<java.lang.String>"),
            returning(
                "Flow.Publisher",
                "java.util.concurrent.Flow.Processor<java.lang.String, java.lang.String>"),
            returning(
                "Flow.Publisher", "io.reactivex.rxjava3.core.ObservableSource<java.lang.String>"),
            file(
                """
                class Answer extends CompletableFuture<String> {}

                interface Chat {
                  @LlmRetry Answer «complete»(String prompt);
                }
                """,
                RETURN_TYPE_NOT_SUPPORTED,
                "Answer, which completes"),
            method(
                "@LlmRetry <F extends CompletableFuture<String>> F «complete»(F prompt);",
                RETURN_TYPE_NOT_SUPPORTED,
                "complete() returns F,"),
            file(
                """
                interface Base<T> {
                  T «complete»(String prompt);
                }

                @LlmRetry
                interface Chat extends Base<Future<String>> {}
                """,
                RETURN_TYPE_NOT_SUPPORTED,
                "complete() returns java.util.concurrent.Future<java.lang.String>,"),
            file(
                """
                @LlmRetry
                interface Chat {
                  String complete(String prompt);

                  CompletableFuture<String> completeAsync(String prompt);

                  Future<String> «submit»(String prompt);
                }
                """,
                RETURN_TYPE_NOT_SUPPORTED,
                "submit()"),
            integrated("guava", "com.google.common.util.concurrent.ListenableFuture"),
            integrated("gax", "com.google.api.core.ApiFuture"),
            integrated("reactor", "reactor.core.publisher.Mono"),
            integrated("reactor", "reactor.core.publisher.Flux"),
            integrated("rxjava3", "io.reactivex.rxjava3.core.Flowable"),
            integrated("rxjava3", "io.reactivex.rxjava3.core.Observable"),
            integrated("rxjava3", "io.reactivex.rxjava3.core.Single"),
            integrated("rxjava3", "io.reactivex.rxjava3.core.Maybe"),
            method(
                "@LlmRetry io.reactivex.rxjava3.core.Completable «warmUp»();",
                NO_INTEGRATION,
                "warmUp() returns io.reactivex.rxjava3.core.Completable,"))
        .toList();
  }

  private static DiagnosticCase returning(String instead, String type) {
    return method(
        "@LlmRetry " + type + " «complete»(String prompt);",
        RETURN_TYPE_NOT_SUPPORTED,
        "complete() returns " + type + ",",
        "which completes after the method has returned",
        "Retries of that type are not supported",
        "return a " + instead + ", or use @NoRetry");
  }

  private static DiagnosticCase integrated(String artifact, String type) {
    return method(
        "@LlmRetry " + type + "<String> «complete»(String prompt);",
        NO_INTEGRATION,
        "complete() returns " + type + "<java.lang.String>,",
        "the class that retries it is not visible here",
        "Add the dependency dev.llmretry:retry-" + artifact + ",",
        "in a module `requires` it");
  }

  private static List<DiagnosticCase> streams() {
    return List.of(
        method(
            "@LlmRetry(stream = «StreamRetry.UNTIL_FIRST_ELEMENT») String complete(String prompt);",
            STREAM_WITHOUT_EFFECT,
            "stream = UNTIL_FIRST_ELEMENT has no effect on complete()",
            "which returns java.lang.String",
            "It applies to streams that the caller pulls",
            "Remove it"),
        method(
            "@LlmRetry(stream = «StreamRetry.OPENING») void complete(String prompt);",
            STREAM_WITHOUT_EFFECT,
            "stream = OPENING has no effect on complete(), which returns void"),
        method(
            "@LlmRetry(stream = «StreamRetry.OPENING») Flow.Publisher<String> stream();",
            STREAM_WITHOUT_EFFECT,
            "java.util.concurrent.Flow.Publisher<java.lang.String>"),
        method(
            "@LlmRetry(stream = «StreamRetry.UNTIL_FIRST_ELEMENT») CompletableFuture<String> a();",
            STREAM_WITHOUT_EFFECT),
        method(
            "@LlmRetry(stream = «StreamRetry.UNTIL_FIRST_ELEMENT») List<String> list();",
            STREAM_WITHOUT_EFFECT,
            "java.util.List<java.lang.String>"),
        method(
            "@LlmRetry(stream = «StreamRetry.UNTIL_FIRST_ELEMENT») Spliterator<String> open();",
            OPENING_ONLY,
            "For open(), which returns java.util.Spliterator<java.lang.String>,",
            "only the opening can be retried",
            "elements that were read ahead could not be returned",
            "Set stream = StreamRetry.OPENING, or return a Stream, an Iterator, an Iterable,",
            "an interface of abstract methods, one of which returns one of these"),
        method(
            "@LlmRetry(stream = «StreamRetry.UNTIL_FIRST_ELEMENT»)"
                + " <S extends Serializable & Iterator<String>> S open();",
            OPENING_ONLY,
            "which returns S"),
        answers(
            "abstract class Answers implements Closeable { public abstract Stream<String> a(); }"),
        answers(
            """
            interface Answers extends Closeable { Stream<String> a(); Iterator<String> b(); }
            """),
        answers("interface Answers extends Closeable { Stream<String> a() throws IOException; }"),
        answers("interface Answers extends Closeable { <T> Stream<T> a(); }"),
        answers("interface Answers extends Stream<String> {}"),
        answers("interface Answers extends LongStream {}"),
        answers("interface Answers extends PrimitiveIterator.OfInt {}"),
        answers("interface Answers extends ListIterator<String> {}"),
        answers("interface Answers extends Enumeration<String> {}"),
        answers(
            """
            interface Answers extends Closeable {
              Stream<String> a();

              default String text() {
                return a().collect(Collectors.joining());
              }
            }
            """),
        method(
            "@LlmRetry(stream = «StreamRetry.UNTIL_FIRST_ELEMENT») IntStream open();",
            OPENING_ONLY,
            "which returns java.util.stream.IntStream"),
        method(
            "@LlmRetry(stream = «StreamRetry.UNTIL_FIRST_ELEMENT») Enumeration<String> open();",
            OPENING_ONLY),
        answers(
            """
            sealed interface Answers extends Closeable permits Some { Stream<String> a(); }

            non-sealed interface Some extends Answers {}
            """),
        file(
            """
            interface Answers<T> extends Closeable { Stream<T> stream(); }

            @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
            interface Chat {
              String complete();

              Answers<String> open();

              Answers<?> «openAny»();
            }
            """,
            OPENING_ONLY,
            "For openAny()",
            "Answers<?>"),
        file(
            """
            @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT) @interface Resilient {}

            interface Chat {
              @Resilient Spliterator<String> «open»();
            }
            """,
            OPENING_ONLY,
            "For open()"));
  }

  private static DiagnosticCase answers(String type) {
    return file(
        type.strip()
            + """


            interface Chat {
              @LlmRetry(stream = «StreamRetry.UNTIL_FIRST_ELEMENT») Answers open(String prompt);
            }
            """,
        OPENING_ONLY,
        "For open(), which returns ",
        "Answers,");
  }

  /** Returns the declaration of a predicate, such as {@code class First implements Predicate}. */
  private static String predicate(String declaration, String type) {
    return declaration + "<" + type + ">" + PREDICATE.formatted(type);
  }

  private static DiagnosticCase preamble(
      String declaration, String rest, Diagnostic diagnostic, String... essentials) {
    return file(
        declaration + ("interface Chat {\n  @LlmRetry(preamble = «First.class»" + rest + "\n}\n"),
        diagnostic,
        essentials);
  }

  private static List<DiagnosticCase> preambles() {
    return List.of(
        preamble(
            TESTS_INTEGERS,
            ") Flow.Publisher<String> stream();",
            PREAMBLE_TYPE,
            "First tests elements of type java.lang.Integer",
            "but those of stream() are java.lang.String",
            "Use a Predicate that can test them"),
        preamble(TESTS_INTEGERS, ") Flow.Publisher<? extends Number> stream();", PREAMBLE_TYPE),
        preamble(
            TESTS_INTEGERS,
            ") Flow.Publisher<?> stream();",
            PREAMBLE_TYPE,
            "those of stream() are java.lang.Object"),
        preamble(TESTS_INTEGERS, ") Flow.Publisher<? super String> a();", PREAMBLE_TYPE, "Object"),
        preamble(
            TESTS_INTEGERS, ") <T> Flow.Publisher<T> stream();", PREAMBLE_TYPE, "stream() are T."),
        preamble(
            TESTS_INTEGERS,
            ", stream = StreamRetry.UNTIL_FIRST_ELEMENT) Stream<String> stream();",
            PREAMBLE_TYPE),
        preamble(
            TESTS_INTEGERS, ") void chat(@StreamCallback Consumer<String> text);", PREAMBLE_TYPE),
        preamble(
            TESTS_INTEGERS,
            ") void chat(@StreamCallback LongConsumer count);",
            PREAMBLE_TYPE,
            "those of chat() are java.lang.Long"),
        preamble(
            TESTS_INTEGERS,
            ") void chat(@StreamCallback Flow.Subscriber<? super String> text);",
            PREAMBLE_TYPE),
        preamble(
            TESTS_INTEGERS,
            ") void chat(@StreamCallback io.grpc.stub.StreamObserver<String> text);",
            PREAMBLE_TYPE),
        preamble(
            TESTS_STRINGS,
            ") void chat(@StreamCallback"
                + " dev.langchain4j.model.chat.response.StreamingChatResponseHandler handler);",
            PREAMBLE_TYPE,
            "those of chat() are java.lang.String or dev.langchain4j.model.chat.response.Partial"),
        preamble(
            "abstract class Any<T> implements Predicate<T> {}\n\n"
                + "class First extends Any<Integer>"
                + PREDICATE.formatted("Integer"),
            ") Flow.Publisher<String> stream();",
            PREAMBLE_TYPE),
        file(
            TESTS_INTEGERS
                + """
                interface Base<T> {
                  Flow.Publisher<T> stream();
                }

                @LlmRetry(preamble = «First.class»)
                interface Chat extends Base<String> {
                  Flow.Publisher<Double> numbers();

                  String complete();
                }
                """,
            PREAMBLE_TYPE,
            "those of numbers() are java.lang.Double"),
        file(
            TESTS_INTEGERS
                + """
                @LlmRetry(preamble = First.class) @interface Resilient {}

                interface Chat {
                  @Resilient Flow.Publisher<String> «stream»();

                  @Resilient Flow.Publisher<Integer> numbers();

                  @Resilient String complete();
                }
                """,
            PREAMBLE_TYPE,
            "those of stream() are java.lang.String"),
        notMade("abstract class First implements Predicate<String> {}\n\n")
            .and(NOT_INSTANTIABLE, "Use an accessible class", "abstract, generic or inner"),
        notMade("interface First extends Predicate<String> {}\n\n").and(NOT_INSTANTIABLE),
        notMade(
                predicate("enum First implements Predicate", "String")
                    .replace("{ @Override", "{ ONE; @Override"))
            .and(NOT_INSTANTIABLE),
        notMade(predicate("record First(int size) implements Predicate", "String"))
            .and(NOT_INSTANTIABLE),
        constructor("First(int size) {}"),
        constructor("First(int... sizes) {}"),
        constructor("private First() {}"),
        constructor("First() throws IOException {}"),
        file(
            "class Outer {\n"
                + TESTS_STRINGS
                + """
                  interface Chat {
                    @LlmRetry(preamble = «First.class») Flow.Publisher<String> stream();
                  }
                }
                """,
            NOT_INSTANTIABLE,
            "Outer.First"),
        file(
                "class Outer {\n  private static "
                    + TESTS_STRINGS
                    + """
                      interface Chat {
                        @LlmRetry(preamble = «First.class») Flow.Publisher<String> «stream»();
                      }
                    }
                    """,
                NOT_INSTANTIABLE)
            .and(NOT_ACCESSIBLE, "cannot access", "Outer.First"),
        file(
            "abstract class First implements Predicate<String> {}\n\n"
                + "@LlmRetry(preamble = «First.class») @interface Resilient {}\n",
            NOT_INSTANTIABLE),
        preamble(
            TESTS_STRINGS,
            ") String complete();",
            PREAMBLE_WITHOUT_EFFECT,
            "preamble has no effect on complete(): it has no stream of elements",
            "Remove it"),
        preamble(TESTS_STRINGS, ") CompletableFuture<String> a();", PREAMBLE_WITHOUT_EFFECT),
        preamble(
            TESTS_STRINGS,
            ") void chat(@Replayable Consumer<String> text);",
            PREAMBLE_WITHOUT_EFFECT),
        preamble(
            TESTS_STRINGS,
            ") Stream<String> stream();",
            PREAMBLE_WITHOUT_EFFECT,
            "only the opening is retried, so set stream = StreamRetry.UNTIL_FIRST_ELEMENT too"));
  }

  private static List<DiagnosticCase> checks() {
    return List.of(
        check(
            "String",
            ") Integer count();",
            CHECK_TYPE,
            "Check checks results of type java.lang.String",
            "but those of count() are java.lang.Integer"),
        check("String", ") CompletableFuture<Integer> count();", CHECK_TYPE, "java.lang.Integer"),
        check("String", ") Flow.Publisher<?> stream();", CHECK_TYPE, "java.lang.Object"),
        check("String", ") <T> T any();", CHECK_TYPE, "those of any() are T"),
        check(
            "String",
            ", stream = StreamRetry.UNTIL_FIRST_ELEMENT) Stream<Integer> stream();",
            CHECK_TYPE),
        check(
            "String",
            ") void chat(@StreamCallback Flow.Subscriber<? super Integer> each);",
            CHECK_TYPE),
        check(
            "Object",
            ") void chat();",
            CHECK_NOT_SUPPORTED,
            "check cannot examine the results of chat(): it returns nothing. Remove check."),
        check(
            "Object",
            ") int count();",
            CHECK_NOT_SUPPORTED,
            "it returns a primitive. Return java.lang.Integer, or remove check."),
        check("Object", ") CompletableFuture<Void> run();", CHECK_NOT_SUPPORTED, "there are none"),
        check("Object", ") Void run();", CHECK_NOT_SUPPORTED, "it returns nothing"),
        check("String[]", ") String count();", CHECK_TYPE, "results of type java.lang.String[]"),
        check("int[]", ") String[] all();", CHECK_TYPE, "results of type int[]"),
        check("String", ") String[] all();", CHECK_TYPE, "java.lang.String[]"),
        check(
            "List<String>",
            ") List<Integer> all();",
            CHECK_TYPE,
            "results of type java.util.List<java.lang.String>",
            "those of all() are java.util.List<java.lang.Integer>"),
        check("List<? extends CharSequence>", ") List<Integer> all();", CHECK_TYPE),
        check("List<String>", ") CompletableFuture<List<?>> all();", CHECK_TYPE),
        check("List<String>", ") <T> List<T> all();", CHECK_TYPE),
        check(
            "Object",
            ") Stream<String> stream();",
            CHECK_NOT_SUPPORTED,
            "Set stream = StreamRetry.UNTIL_FIRST_ELEMENT too"),
        check(
            "String",
            ") void chat(@StreamCallback Consumer<String> text);",
            CHECK_NOT_SUPPORTED,
            "its callback has received them when it ends. Return a publisher"),
        check(
            "String",
            ") CompletableFuture<Void> chat(@StreamCallback Consumer<String> text);",
            CHECK_NOT_SUPPORTED,
            "its callback"),
        file(
            checking("Integer")
                + """
                @LlmRetry(check = «Check.class»)
                interface Chat {
                  String complete();

                  void run();
                }
                """,
            CHECK_TYPE,
            "those of complete() are java.lang.String"),
        file(
            "abstract "
                + checking("String")
                + """
                interface Chat {
                  @LlmRetry(check = «Check.class») String complete();
                }
                """,
            NOT_INSTANTIABLE,
            "cannot instantiate ",
            "Check"));
  }

  private static String checking(String type) {
    return "class Check implements ResultCheck<"
        + type
        + "> { @Override public Rejection check("
        + type
        + " result) { return null; } }\n\n";
  }

  private static DiagnosticCase check(
      String type, String rest, Diagnostic diagnostic, String... essentials) {
    return file(
        checking(type) + "interface Chat {\n  @LlmRetry(check = «Check.class»" + rest + "\n}\n",
        diagnostic,
        essentials);
  }

  private static final String REVISER = revising("String");

  private static String revising(String type) {
    return "class Change implements Reviser<"
        + type
        + "> { @Override public "
        + type
        + " revise("
        + type
        + " request, FailureKind kind, Throwable error) { return request; } }\n\n";
  }

  private static DiagnosticCase revise(String rest, Diagnostic diagnostic, String... essentials) {
    return reviser("String", rest, diagnostic, essentials);
  }

  private static DiagnosticCase reviser(
      String type, String rest, Diagnostic diagnostic, String... essentials) {
    return file(revising(type) + "interface Chat {\n  " + rest + "\n}\n", diagnostic, essentials);
  }

  private static List<DiagnosticCase> revisers() {
    return List.of(
        revise(
            "@LlmRetry(revise = «Change.class») String ask(@Revised Integer size);",
            REVISER_TYPE,
            "Change revises requests of type java.lang.String",
            "but size is a java.lang.Integer"),
        revise(
            "@LlmRetry(revise = «Change.class») String ask(@Revised CharSequence prompt);",
            REVISER_TYPE),
        revise("@LlmRetry(revise = «Change.class») String ask(@Revised String[] a);", REVISER_TYPE),
        revise(
            "@LlmRetry(revise = «Change.class») String ask(@Revised String... a);", REVISER_TYPE),
        revise(
            "@LlmRetry(revise = «Change.class») <S extends String> String ask(@Revised S prompt);",
            REVISER_TYPE,
            "but prompt is a S"),
        reviser(
            "String[]",
            "@LlmRetry(revise = «Change.class») String ask(@Revised String prompt);",
            REVISER_TYPE,
            "Change revises requests of type java.lang.String[]"),
        reviser(
            "List<String>",
            "@LlmRetry(revise = «Change.class») String ask(@Revised List<Integer> sizes);",
            REVISER_TYPE,
            "Change revises requests of type java.util.List<java.lang.String>",
            "but sizes is a java.util.List<java.lang.Integer>"),
        reviser(
            TOKEN,
            "@LlmRetry(revise = «Change.class») String ask(@Revised " + TOKEN + " token);",
            NOTHING_REVISED,
            "on ask(): each attempt has its own token"),
        reviser(
            ATTEMPT,
            "@LlmRetry(revise = «Change.class») String ask(@Revised " + ATTEMPT + " attempt);",
            NOTHING_REVISED,
            "on ask(): each attempt has its own attempt"),
        revise(
            "@LlmRetry(revise = «Change.class») String ask(String prompt);",
            NOTHING_REVISED,
            "on ask(): no parameter is marked. Mark the parameter to change @Revised"),
        revise(
            "@LlmRetry(revise = «Change.class») String ask(@Revised String a, @Revised String b);",
            NOTHING_REVISED,
            "several parameters are marked"),
        file(
            REVISER
                + """
                @LlmRetry(revise = «Change.class»)
                interface Chat {
                  String ask(int size);
                }
                """,
            NOTHING_REVISED,
            "on Chat: no parameter of the type that "),
        revise(
            "@LlmRetry String ask(@Revised String «prompt»);",
            REVISED_WITHOUT_EFFECT,
            "@Revised has no effect on prompt: ask() has no reviser"),
        revise(
            "@LlmRetry String ask(); @NoRetry String once(@Revised String «prompt»);",
            REVISED_WITHOUT_EFFECT,
            "once() is not retried"),
        file(
            "abstract "
                + REVISER
                + """
                interface Chat {
                  @LlmRetry(revise = «Change.class») String ask(@Revised String prompt);
                }
                """,
            NOT_INSTANTIABLE,
            "Change"));
  }

  private static DiagnosticCase notMade(String declaration) {
    return clean(
        declaration
            + """
            interface Chat {
              @LlmRetry(preamble = «First.class») Flow.Publisher<String> stream();
            }
            """);
  }

  private static DiagnosticCase constructor(String constructor) {
    return notMade(TESTS_STRINGS.replace("{ @Override", "{ " + constructor + " @Override"))
        .and(
            NOT_INSTANTIABLE, "The generated class cannot instantiate ", "First.", "a constructor");
  }

  private static List<DiagnosticCase> routes() {
    return List.of(
        file(
            "«@Routed» interface Chat { String ask(); }",
            ROUTED_WITHOUT_EFFECT,
            "@Routed has no effect on Chat: none of its methods is retried. Add @LlmRetry"),
        file(
            "«@Routed» @LlmRetry interface Chat { String ask(); @NoRetry String once(); }",
            ROUTE_WITHOUT_TIMEOUT,
            "does not respond: ask. Set attemptTimeoutMs"),
        file(
            """
            interface Model {
              String ask();
            }

            «@Routed»
            @LlmRetry(attemptTimeoutMs = 1)
            interface Chat extends Model {
              @LlmRetry(attemptTimeoutMs = 1)
              default String twice() {
                return ask() + ask();
              }
            }
            """,
            ROUTED_WITHOUT_EFFECT,
            "@Routed has no effect on twice(): it runs on the wrapper"),
        routed("«FailureKind.CANCELLED»", NEVER_RETRIED, "from fallbackOnKinds"),
        routed(
            "FailureKind.CONTEXT_LENGTH, «FailureKind.CONTEXT_LENGTH»",
            KIND_WITHOUT_EFFECT,
            "CONTEXT_LENGTH in fallbackOnKinds has no effect: it is listed twice"),
        routed("«FailureKind.FORBIDDEN»", KIND_WITHOUT_EFFECT, "move to another route anyway"),
        routed("«FailureKind.SERVER»", KIND_WITHOUT_EFFECT, "move to another route anyway"));
  }

  private static DiagnosticCase routed(String kinds, Diagnostic diagnostic, String essential) {
    return file(
        "@Routed(fallbackOnKinds = {"
            + kinds
            + "}) @LlmRetry(attemptTimeoutMs = 1) interface Chat { String ask(); }",
        diagnostic,
        essential);
  }

  private static List<DiagnosticCase> streamCallbacks() {
    return List.of(
        notPossible(
            "String",
            "@StreamCallback is not supported on handler: its type is not an interface",
            "Use @NoRetry, or mark it @Replayable"),
        notPossible("int", "its type is not an interface"),
        notPossible("Consumer<String>[]", "its type is not an interface"),
        notPossible("okhttp3.sse.EventSourceListener", "its type is not an interface"),
        method(
            "@LlmRetry <C extends Consumer<String>> void chat(«@StreamCallback» C handler);",
            CALLBACK_NOT_SUPPORTED,
            "its type is not an interface"),
        notPossible("Consumer<?>", "has no lower bound: specify a type argument"),
        notPossible("Consumer<? extends Number>", "has no lower bound"),
        notPossible("Flow.Subscriber<?>", "has no lower bound"),
        notPossible(
            "Function<String, String>", "handler: apply() returns a value, which generated"),
        notPossible("java.util.Comparator<String>", "compare() returns a value"),
        notPossible("Runnable", "none of its methods takes an element"),
        notPossible("BiConsumer<String, Throwable>", "accept() must take a Throwable as its only"),
        notPossible("java.nio.channels.CompletionHandler<String, Void>", "failed() must take"),
        notPossible("retrofit2.Callback<String>", "onFailure() must take a Throwable"),
        notPossible("okhttp3.Callback", "onResponse() may throw java.io.IOException"),
        notPossible("Flow.Processor<String, String>", "it receives a subscription before the"),
        notPossible(
            "io.reactivex.rxjava3.core.Observer<String>",
            "use Flow.Subscriber or org.reactivestreams.Subscriber itself"),
        notPossible("io.reactivex.rxjava3.core.SingleObserver<String>", "receives a subscription"),
        notPossible("io.reactivex.rxjava3.core.MaybeObserver<String>", "receives a subscription"),
        notPossible("io.reactivex.rxjava3.core.CompletableObserver", "receives a subscription"),
        ending("done", "Consumer<String>", "a completion, but no method that takes errors"),
        ending(
            "done", "Flow.Subscriber<String>", "it has no method done that could end the stream"),
        ending("done", "io.grpc.stub.StreamObserver<String>", "it has no method done"),
        ending("onError", "io.grpc.stub.StreamObserver<String>", "it has no method onError"),
        ending("onNext", "io.grpc.stub.StreamObserver<String>", "none of its methods takes an"),
        handler(
            "void onText(String text); void onFailure(Exception e); void onComplete();",
            "onFailure() must take a Throwable as its only argument"),
        handler(
            "void onText(String text); void onError(Throwable e); void onFatal(Error e);",
            "several of its methods take a Throwable"),
        handler(
            "void onText(String text); void onError(Throwable e); void done();",
            "it is unknown which of its methods ends the stream: specify its completion"),
        handler(
            "boolean onText(String text); void onError(Throwable e); void onComplete();",
            "onText() returns a value"),
        handler(
            "void onError(Throwable e); void onComplete();",
            "none of its methods takes an element"),
        handler(
            "void onText(String text) throws IOException;",
            "onText() may throw java.io.IOException, which generated code cannot rethrow"),
        file(
            """
            interface Handler<X extends Exception> { void onText(String text) throws X; }

            interface Chat {
              @LlmRetry void chat(«@StreamCallback» Handler<TimeoutException> handler);
            }
            """,
            CALLBACK_NOT_SUPPORTED,
            "onText() may throw java.util.concurrent.TimeoutException"),
        file(
            """
            sealed interface Handler permits Printer { void onText(String text); }

            non-sealed interface Printer extends Handler {}

            interface Chat {
              @LlmRetry void chat(«@StreamCallback» Handler handler);
            }
            """,
            CALLBACK_NOT_SUPPORTED,
            "its type is sealed"),
        method(
            "@LlmRetry String chat(«@StreamCallback» Flow.Subscriber<String> handler);",
            CALLBACK_NOT_SUPPORTED,
            "it receives errors after the method has returned, which must return void"),
        method(
            "@LlmRetry int chat(«@StreamCallback» io.grpc.stub.StreamObserver<String> handler);",
            CALLBACK_NOT_SUPPORTED,
            "which must return void"),
        file(
                """
            interface Chat {
              @LlmRetry Future<String> «chat»(«@StreamCallback» Consumer<String> handler);
            }
            """,
                RETURN_TYPE_NOT_SUPPORTED)
            .and(
                CALLBACK_NOT_SUPPORTED,
                "elements would arrive in two ways, or beside a future that is not a CompletionStage"),
        method(
            "@LlmRetry Flow.Publisher<String> chat(«@StreamCallback» Consumer<String> handler);",
            CALLBACK_NOT_SUPPORTED,
            "in two ways"),
        method(
            "@LlmRetry Stream<String> chat(«@StreamCallback» Consumer<String> handler);",
            CALLBACK_NOT_SUPPORTED,
            "in two ways"),
        method(
            "@LlmRetry void chat(@StreamCallback Consumer<String> a, @StreamCallback IntConsumer"
                + " «b»);",
            CALLBACK_NOT_SUPPORTED,
            "@StreamCallback is not supported on b: a is already one"),
        method(
            "@LlmRetry void chat(@StreamCallback Consumer<String> a, Consumer<String> «b»);",
            CALLBACK_ARGUMENT,
            "b may receive the same elements again"),
        file(
            """
            interface Base<T> {
              @LlmRetry void chat(«@StreamCallback» Consumer<? extends T> handler);
            }
            """,
            CALLBACK_NOT_SUPPORTED),
        file(
            """
            class Outer {
              private interface Handler { void onText(String text); }

              interface Chat {
                @LlmRetry void «chat»(@StreamCallback Handler handler);
              }
            }
            """,
            NOT_ACCESSIBLE,
            "Outer.Handler"),
        file(
            """
            @LlmRetry
            interface Chat {
              String complete(String prompt);

              @NoRetry void chat(@StreamCallback Consumer<String> «handler»);
            }
            """,
            CALLBACK_WITHOUT_EFFECT,
            "@StreamCallback has no effect on handler: chat() is not retried",
            "Remove it"),
        method(
            "@LlmRetry void chat(@StreamCallback @Replayable Consumer<String> «handler»);",
            CALLBACK_WITHOUT_EFFECT,
            "it is marked @Replayable, so each attempt may call it"));
  }

  private static DiagnosticCase notPossible(String type, String... essentials) {
    return method(
        "@LlmRetry void chat(String prompt, «@StreamCallback» " + type + " handler);",
        CALLBACK_NOT_SUPPORTED,
        essentials);
  }

  private static DiagnosticCase ending(String completion, String type, String essential) {
    return method(
        "@LlmRetry void chat(«@StreamCallback(completion = \""
            + completion
            + "\")» "
            + type
            + " a);",
        CALLBACK_NOT_SUPPORTED,
        essential);
  }

  private static DiagnosticCase handler(String methods, String essential) {
    return file(
        "interface Handler { "
            + methods
            + """
             }

            interface Chat {
              @LlmRetry void chat(«@StreamCallback» Handler handler);
            }
            """,
        CALLBACK_NOT_SUPPORTED,
        essential);
  }

  private static List<DiagnosticCase> otherParameters() {
    return List.of(
        method(
            "@LlmRetry String complete(" + TOKEN + " one, " + TOKEN + " «two»);",
            DUPLICATE_PARAMETER,
            "complete() has a second CancellationToken, two",
            "Remove one of them"),
        method(
                "@LlmRetry String complete("
                    + (TOKEN + " one, " + TOKEN + " «two», String prompt, " + TOKEN + " «three»);"),
                DUPLICATE_PARAMETER,
                "two")
            .and(DUPLICATE_PARAMETER, "three"),
        method(
            "@LlmRetry <T extends " + TOKEN + "> String complete(" + TOKEN + " one, T «two»);",
            DUPLICATE_PARAMETER,
            "two"),
        method(
            "@LlmRetry Object «complete»(String prompt,"
                + " kotlin.coroutines.Continuation<? super String> then);",
            SUSPEND_FUNCTION,
            "complete() is a Kotlin suspend function",
            "Use @NoRetry, and retry its calls with dev.llmretry:retry-kotlin"),
        method(
            "@LlmRetry String complete(@Replayable String «prompt»);",
            REPLAYABLE_WITHOUT_EFFECT,
            "@Replayable has no effect on prompt",
            "each attempt can use an argument of its type anyway",
            "Remove it"),
        method(
            "@LlmRetry String complete(String prompt, @Replayable " + TOKEN + " «cancel»);",
            REPLAYABLE_WITHOUT_EFFECT,
            "cancel"),
        file(
            """
            interface Chat {
              @LlmRetry String complete(String prompt);

              String upload(@Replayable InputStream «data»);
            }
            """,
            REPLAYABLE_WITHOUT_EFFECT,
            "@Replayable has no effect on data: upload() is not retried"));
  }

  private static List<DiagnosticCase> interfaces() {
    return List.of(
        file(
            """
            interface Chat {
              @LlmRetry String complete(String prompt);

              default String «greet»() { return complete("Hello"); }
            }
            """,
            SILENT_DEFAULT,
            "greet() is a default method",
            "the calls that it makes on this interface are not retried",
            "Annotate it with @LlmRetry to retry it as a whole, or with @NoRetry"),
        file(
            """
            interface Greeter {
              default String «greet»() { return "Hello"; }
            }

            interface Chat extends Greeter {
              @LlmRetry String complete(String prompt);
            }
            """,
            SILENT_DEFAULT,
            "greet()"),
        file(
            """
            @SuppressWarnings({"all", "LR049"})
            «interface» Chat extends Comparator<String> {
              @LlmRetry @Override int compare(String one, String other);

              @NoRetry @Override Comparator<String> reversed();

              @NoRetry @Override Comparator<String> thenComparing(Comparator<? super String> other);

              @NoRetry @Override
              <U> Comparator<String> thenComparing(
                  Function<? super String, ? extends U> key, Comparator<? super U> other);

              @NoRetry @Override
              <U extends Comparable<? super U>> Comparator<String> thenComparing(
                  Function<? super String, ? extends U> key);

              @NoRetry @Override
              Comparator<String> thenComparingInt(ToIntFunction<? super String> key);

              @NoRetry @Override
              Comparator<String> thenComparingLong(ToLongFunction<? super String> key);
            }
            """,
            SILENT_DEFAULT,
            "thenComparingDouble()"),
        file(
            """
            «interface» Chat {
              @LlmRetry String complete(String prompt);
            }

            class RetryingChat {}
            """,
            NAME_TAKEN,
            "The class to generate, ",
            ".RetryingChat, exists already",
            "Rename it, or the interface"),
        file(
            """
            class Outer {
              «interface» Chat {
                @LlmRetry String complete(String prompt);
              }
            }

            class RetryingOuter_Chat {}
            """,
            NAME_TAKEN,
            ".RetryingOuter_Chat"),
        file(
                """
            class Outer {
              private record Answer() {}

              interface Chat {
                @LlmRetry Answer «complete»(String prompt);

                List<? extends Answer[]> «previous»();
              }
            }
            """,
                NOT_ACCESSIBLE,
                "complete() cannot be implemented",
                "the generated class cannot access",
                "Outer.Answer",
                "Make the type accessible from this package")
            .and(NOT_ACCESSIBLE, "previous()"),
        file(
            """
            class Outer {
              private static class Busy extends IOException {
                private static final long serialVersionUID = 1;
              }

              interface Chat {
                @LlmRetry(retryOn = Busy.class)
                String «complete»(String prompt) throws IOException;
              }
            }
            """,
            NOT_ACCESSIBLE,
            "complete()",
            "Outer.Busy"),
        file(
            """
            interface Base {
              @LlmRetry(max = 1) String complete(String prompt);
            }

            «@LlmRetry(max = 7)»
            interface Chat extends Base {
              @LlmRetry(max = 2) String embed(String text);

              @NoRetry String name();
            }
            """,
            NOTHING_TO_RETRY,
            "@LlmRetry has no effect on Chat, whose methods to retry are annotated themselves",
            "Remove it, or put it on a method"),
        file(
            "«@LlmRetry» interface Chat {}",
            NOTHING_TO_RETRY,
            "@LlmRetry has no effect on Chat, which has no method to retry",
            "Remove it"),
        file(
            """
            «@LlmRetry»
            interface Chat extends AutoCloseable {
              @NoRetry String complete(String prompt);

              @Override void close();

              @Override String toString();

              static String name() { return ""; }
            }
            """,
            NOTHING_TO_RETRY,
            "Chat"));
  }

  private static List<DiagnosticCase> delegates() {
    return List.of(
        file(
            """
            interface Chat { String complete(String prompt); }

            interface Embeddings { float[] embed(String text); }

            @LlmRetry «interface» Both extends Chat, Embeddings {}
            """,
            DELEGATE_NOT_WIDER,
            "Only objects that implement Both itself can be wrapped",
            "it extends several interfaces, Chat and Embeddings",
            "extend one interface only"),
        file(
            """
            interface Base { CharSequence complete(String prompt); }

            «interface» Chat extends Base {
              @Override @LlmRetry String complete(String prompt);
            }
            """,
            DELEGATE_NOT_WIDER,
            "complete() has another return type or other exceptions than in Base",
            "keep the return types and exceptions of its methods"),
        file(
            """
            interface Base { String complete(String prompt) throws IOException; }

            «interface» Chat extends Base {
              @Override @LlmRetry String complete(String prompt);
            }
            """,
            DELEGATE_NOT_WIDER,
            "complete() has another return type or other exceptions than in Base"),
        file(
            """
            interface Base { List<? extends CharSequence> complete(String prompt); }

            «interface» Chat extends Base {
              @Override @LlmRetry List<String> complete(String prompt);
            }
            """,
            DELEGATE_NOT_WIDER),
        file(
            """
            interface Base<T> { T complete(String prompt); }

            «interface» Chat<T, S> extends Base<T> {
              @Override @LlmRetry T complete(String prompt);

              @NoRetry default T twice(S prompt) { return complete("" + prompt + prompt); }
            }
            """,
            DELEGATE_NOT_WIDER,
            "a default method needs type arguments that Base does not have"),
        file(
            """
            interface ChatModel {
              String call(String prompt);

              default String call(List<String> prompts) { return call("" + prompts); }

              default void close() {}
            }

            @LlmRetry «interface» Chat extends ChatModel {}
            """,
            DELEGATE_AS_LAMBDA,
            "Pass the object to wrap to RetryingChat, not a lambda expression",
            "it would lose what the object implements in call(), close()"));
  }

  private static List<DiagnosticCase> annotations() {
    return List.of(
        file(
            """
            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.SOURCE)
            @LlmRetry
            @«interface» Resilient {}
            """,
            COMPOSED_NOT_RETAINED,
            "@Resilient is composed of @LlmRetry but retained in source code only",
            "Give it @Retention(RetentionPolicy.CLASS)"),
        file(
            """
            @LlmRetry(max = «-1»)
            @interface Resilient {}

            interface Chat {
              @Resilient String complete(String prompt);

              @Resilient String summarise(String text);
            }

            @Resilient
            interface Embeddings {
              float[] embed(String text);
            }
            """,
            OUT_OF_RANGE,
            "max = -1"),
        file(
            """
            @LlmRetry(max = «0»)
            @interface Resilient {}

            @Resilient
            @interface VeryResilient {}

            interface Chat {
              @VeryResilient String complete(String prompt);
            }
            """,
            NO_RETRIES),
        file(
            """
            @LlmRetry(retryOn = {IOException.class, «SocketException.class»})
            @interface Resilient {}
            """,
            UNREACHABLE_RULE),
        file(
            """
            @LlmRetry @interface Resilient {}

            interface Chat {
              @LlmRetry «@Resilient» String complete(String prompt);
            }
            """,
            CONFLICTING_ANNOTATIONS,
            "@Resilient conflicts with @LlmRetry",
            "on the same element",
            "Remove one of them"),
        file(
                """
            @LlmRetry @interface Resilient {}

            @LlmRetry @interface Patient {}

            @Resilient «@Patient» «@LlmRetry»
            interface Chat {
              String complete(String prompt);
            }
            """,
                CONFLICTING_ANNOTATIONS,
                "@Patient conflicts with @Resilient")
            .and(CONFLICTING_ANNOTATIONS, "@LlmRetry conflicts with @Resilient"),
        file(
            """
            @LlmRetry @interface Resilient {}

            @LlmRetry «@Resilient» @interface Patient {}
            """,
            CONFLICTING_ANNOTATIONS,
            "@Resilient conflicts with @LlmRetry"),
        file(
            """
            interface Fast {
              @LlmRetry(max = 1) String complete(String prompt);
            }

            interface Slow {
              @LlmRetry(max = 5) String complete(String prompt);
            }

            @LlmRetry
            interface Chat extends Fast, Slow {
              @Override String «complete»(String prompt);
            }
            """,
            CONFLICTING_INHERITED,
            "complete() inherits conflicting annotations: @LlmRetry from Fast and @LlmRetry from Slow",
            "Redeclare it with the @LlmRetry or @NoRetry to apply"),
        file(
            """
            interface Fast {
              @LlmRetry(max = 1) String complete(String prompt);
            }

            interface Slow {
              @LlmRetry(max = 5) String complete(String prompt);
            }

            @LlmRetry
            «interface» Chat extends Fast, Slow {}
            """,
            CONFLICTING_INHERITED,
            "from Fast",
            "from Slow"),
        siblings("max = 1", "max = 5"),
        siblings(
            "retryOn = IllegalStateException.class", "retryOn = IllegalArgumentException.class"),
        siblings("abortOnKinds = FailureKind.SERVER", "abortOnKinds = FailureKind.TIMEOUT"),
        file(
            """
            interface Fast {
              @NoRetry String complete(String prompt);
              @LlmRetry String ask(String prompt);
            }

            interface Slow {
              @LlmRetry String complete(String prompt);
            }

            @LlmRetry
            «interface» Chat extends Fast, Slow {}
            """,
            CONFLICTING_INHERITED,
            "complete() inherits conflicting annotations: @LlmRetry from Slow and @NoRetry from Fast"),
        file(
            """
            interface Fast {
              @LlmRetry String complete(String prompt);
            }

            interface Slow {
              @NoRetry String complete(String prompt);
              @LlmRetry String ask(String prompt);
            }

            @LlmRetry
            «interface» Chat extends Fast, Slow {}
            """,
            CONFLICTING_INHERITED,
            "complete() inherits conflicting annotations: @LlmRetry from Fast and @NoRetry from Slow"),
        method(
            "@LlmRetry «@NoRetry» String complete(String prompt);",
            RETRY_AND_NO_RETRY,
            "@NoRetry conflicts with @LlmRetry on complete()",
            "Remove one of them"),
        file(
            """
            @LlmRetry @interface Resilient {}

            interface Chat {
              «@NoRetry» @Resilient String complete(String prompt);
            }
            """,
            RETRY_AND_NO_RETRY,
            "conflicts with @Resilient"),
        method(
            "«@NoRetry» String complete(String prompt);",
            NO_RETRY_WITHOUT_EFFECT,
            "@NoRetry has no effect in Chat, where nothing is retried",
            "Remove it, or annotate the methods to retry with @LlmRetry"));
  }

  /** Types whose annotations differ, and what inherits from both. */
  private static DiagnosticCase siblings(String fast, String slow) {
    return file(
        """
        @LlmRetry(%s)
        interface Fast {
          String complete(String prompt);
        }

        @LlmRetry(%s)
        interface Slow {
          String complete(String prompt);
        }

        «interface» Chat extends Fast, Slow {
          @LlmRetry String ask(String prompt);
        }
        """
            .formatted(fast, slow),
        CONFLICTING_INHERITED,
        "complete() inherits conflicting annotations: @LlmRetry from Fast and @LlmRetry from Slow");
  }

  /** What is wrong in one place does not hide what is wrong in another. */
  private static List<DiagnosticCase> together() {
    return List.of(
        file(
                """
            interface Chat {
              @LlmRetry(max = «-1») String complete(String prompt);

              @LlmRetry(multiplier = «0.5») String summarise(String text);

              @LlmRetry Future<String> «stream»(String prompt);

              «@LlmRetry» static String name() { return ""; }
            }
            """,
                OUT_OF_RANGE)
            .and(OUT_OF_RANGE)
            .and(RETURN_TYPE_NOT_SUPPORTED)
            .and(NOT_WRAPPED),
        file(
                """
            interface Chat {
              @LlmRetry(
                  max = «-1»,
                  baseDelayMs = «-2»,
                  deadlineMs = «0»,
                  retryOn = {«Error.class», «Error.class»},
                  retryOnKinds = «FailureKind.SERVER»)
              Future<String> «upload»(InputStream «data», Consumer<String> «handler»);
            }
            """,
                OUT_OF_RANGE)
            .and(OUT_OF_RANGE)
            .and(OUT_OF_RANGE)
            .and(NEVER_RETRIED)
            .and(UNREACHABLE_RULE)
            .and(KIND_WITHOUT_EFFECT)
            .and(RETURN_TYPE_NOT_SUPPORTED)
            .and(ONE_SHOT_ARGUMENT)
            .and(CALLBACK_ARGUMENT),
        file(
                """
            interface Chat {
              @LlmRetry(max = «-1») String complete(String prompt);
            }

            interface Embeddings {
              @LlmRetry(max = «0») String embed(String prompt);
            }

            «@LlmRetry»
            class Client {}
            """,
                OUT_OF_RANGE)
            .and(NO_RETRIES)
            .and(NOTHING_TO_RETRY));
  }

  /** Returns the cases about which there is nothing to say. */
  static List<DiagnosticCase> right() {
    return List.of(
        clean(
            checking("Collection<? extends Number>")
                + revising("List<? super String>")
                + """
                interface Chat {
                  @LlmRetry(check = Check.class) List<Integer> all();

                  @LlmRetry(check = Check.class) CompletableFuture<? extends Set<Long>> later();

                  @LlmRetry(revise = Change.class) String ask(@Revised List<? super String> lines);
                }
                """),
        clean(
            TESTS_INTEGERS
                + """
                @LlmRetry(preamble = First.class)
                interface Chat {
                  Flow.Publisher<String> stream();

                  Flow.Publisher<Integer> numbers();

                  String complete();
                }
                """),
        clean(
            """
            interface Base {
              String complete(String prompt) throws IOException;

              default String describe() { return ""; }

              default List<String> listeners() { return List.of(); }

              String embed(String text);
            }

            interface Alias extends Base, Serializable {}

            interface Chat extends Alias {
              @Override @LlmRetry String complete(String prompt) throws IOException;

              @NoRetry @Override String describe();
            }

            class Use {
              Chat wrap(Base raw) { return new RetryingChat(raw); }
            }
            """),
        clean(
            """
            @LlmRetry @interface Resilient {}

            @LlmRetry
            class Client implements AutoCloseable {
              private static class Secret {}

              String complete(String prompt) { return prompt; }
              @Resilient protected final int count(Secret secret) { return 0; }
              @LlmRetry private Secret secret() { return null; }
              @LlmRetry static String name() { return ""; }
              @NoRetry synchronized void once() {}
              private synchronized void help() {}
              static synchronized void start() {}
              @Override public void close() {}
              @Override public synchronized String toString() { return ""; }
            }
            """),
        clean(
            """
            abstract class Client<T extends Comparable<T>> {
              @LlmRetry CompletableFuture<T> ask(List<? super T> each) { return null; }
              @LlmRetry <X extends Exception> T fail(Class<X> type) throws X { return null; }
              abstract T make();
            }
            """),
        clean(
            """
            @LlmRetry @interface Resilient {}

            interface Chat {
              @LlmRetry String complete(String prompt);

              @Resilient String summarise(String text);
            }
            """),
        clean(
            """
            interface Base {
              @LlmRetry(max = 1) String complete(String prompt);
            }

            interface Middle extends Base {
              @LlmRetry(max = 2) @Override String complete(String prompt);
            }

            interface Chat extends Middle, Base {
              @Override String complete(String prompt);
            }
            """),
        cleanAnnotation("@LlmRetry"),
        cleanAnnotation("@LlmRetry(max = 10_000, multiplier = 1)"),
        cleanAnnotation("@LlmRetry(max = 1, baseDelayMs = 0)"),
        cleanAnnotation("@LlmRetry(baseDelayMs = 30_000)"),
        cleanAnnotation("@LlmRetry(maxDelayMs = LlmRetry.MAX_MILLIS, multiplier = 1e9)"),
        cleanAnnotation("@LlmRetry(max = 1, baseDelayMs = 0, deadlineMs = 1)"),
        cleanAnnotation("@LlmRetry(deadlineMs = LlmRetry.MAX_MILLIS, attemptTimeoutMs = 1)"),
        cleanAnnotation("@LlmRetry(deadlineMs = LlmRetry.NO_LIMIT)"),
        cleanAnnotation("@LlmRetry(attemptTimeoutMs = LlmRetry.MAX_MILLIS)"),
        cleanAnnotation("@LlmRetry(attemptTimeoutMs = LlmRetry.NO_LIMIT)"),
        cleanAnnotation("@LlmRetry(maxRetryAfterMs = 0)"),
        cleanAnnotation("@LlmRetry(maxRetryAfterMs = LlmRetry.MAX_MILLIS)"),
        cleanAnnotation("@LlmRetry(maxRetryAfterMs = LlmRetry.NO_LIMIT)"),
        cleanAnnotation("@LlmRetry(max = 3, baseDelayMs = 100, deadlineMs = 701)"),
        cleanAnnotation("@LlmRetry(max = 3, deadlineMs = 351, jitter = Jitter.EQUAL)"),
        cleanAnnotation("@LlmRetry(max = 3, deadlineMs = 301, jitter = Jitter.DECORRELATED)"),
        cleanAnnotation("@LlmRetry(max = 3, deadlineMs = 1, jitter = Jitter.FULL)"),
        cleanAnnotation("@LlmRetry(baseDelayMs = 0, jitter = Jitter.NONE)"),
        cleanAnnotation("@LlmRetry(deadlineMs = 5_000, attemptTimeoutMs = 4_999)"),
        cleanAnnotation("@LlmRetry(nested = Nested.RETRY)"),
        cleanAnnotation("@LlmRetry(retryOn = IOException.class)"),
        cleanAnnotation("@LlmRetry(retryOn = SocketException.class)"),
        cleanAnnotation("@LlmRetry(retryOn = IllegalStateException.class)"),
        cleanAnnotation("@LlmRetry(retryOn = IOException.class, abortOn = SocketException.class)"),
        cleanAnnotation(
            "@LlmRetry(retryOn = {IOException.class, SocketTimeoutException.class},"
                + " abortOn = InterruptedIOException.class)"),
        cleanAnnotation(
            "@LlmRetry(retryOnKinds = FailureKind.UNKNOWN, abortOnKinds = FailureKind.TIMEOUT)"),
        clean(
            """
            interface Base<T> {
              void chat(@StreamCallback Consumer<T> handler);

              void log(@Replayable Consumer<String> log);
            }

            @LlmRetry interface Chat extends Base<String> {}
            """),
        cleanMethod("@LlmRetry(retryOn = Exception.class) String complete(String prompt);"),
        cleanMethod("@LlmRetry(retryOn = Throwable.class) String complete(String prompt);"),
        cleanMethod(
            "@LlmRetry(retryOn = IOException.class) String complete(String p) throws Exception;"),
        cleanMethod(
            "@LlmRetry(retryOn = IOException.class)"
                + " <X extends Exception> String complete(Class<X> type) throws X;"),
        clean(
            """
            @LlmRetry(retryOn = TimeoutException.class)
            interface Chat {
              String complete(String prompt);
            }
            """),
        clean(
            """
            @LlmRetry(retryOn = TimeoutException.class)
            @interface Resilient {}

            interface Chat {
              @Resilient String complete(String prompt);
            }
            """),
        cleanMethod("@LlmRetry String upload(@Replayable InputStream data);"),
        cleanMethod("@LlmRetry String upload(Supplier<InputStream> data, byte[] more);"),
        cleanMethod("@LlmRetry String upload(java.net.http.HttpRequest.BodyPublisher data);"),
        cleanMethod("@LlmRetry String embed(Iterable<String> texts, Collection<String> more);"),
        cleanMethod("@LlmRetry void chat(String prompt, @Replayable Consumer<String> handler);"),
        cleanMethod("@LlmRetry String complete(Runnable before, Function<String, String> map);"),
        cleanMethod("@LlmRetry String complete(String prompt, " + TOKEN + " cancel);"),
        cleanMethod("@LlmRetry List<String> complete(String prompt);"),
        cleanMethod("@LlmRetry String[] complete(String... prompts);"),
        cleanMethod("@LlmRetry Optional<String> complete(String prompt);"),
        cleanMethod("@LlmRetry Map<String, Set<String>> complete(String prompt);"),
        cleanMethod("@LlmRetry <T> T complete(Class<T> type);"),
        cleanMethod("@LlmRetry int count(String prompt);"),
        cleanMethod(
            """
            @LlmRetry CompletionStage<String> stage();
              @LlmRetry CompletableFuture<? extends String> future(String prompt);
              @LlmRetry <T> CompletableFuture<List<T>> list(Class<T> type);
              @LlmRetry Flow.Publisher<String> publisher();
              @LlmRetry Flow.Publisher<?> anything();
              @LlmRetry org.reactivestreams.Publisher<? super String> reactive();
            """),
        cleanMethod(
            """
            @LlmRetry com.google.common.util.concurrent.ListenableFuture<String> guava();
              @LlmRetry com.google.api.core.ApiFuture<String> gax();
              @LlmRetry reactor.core.publisher.Mono<String> mono();
              @LlmRetry reactor.core.publisher.Flux<? extends String> flux();
              @LlmRetry io.reactivex.rxjava3.core.Flowable<?> flowable();
              @LlmRetry io.reactivex.rxjava3.core.Observable<String> observable();
              @LlmRetry io.reactivex.rxjava3.core.Single<String> single();
              @LlmRetry io.reactivex.rxjava3.core.Maybe<String> maybe();
              @LlmRetry io.reactivex.rxjava3.core.Completable completable();
            """),
        cleanMethod(
            """
            @LlmRetry(hedgeAfterMs = 10) reactor.core.publisher.Mono<String> mono();
              @LlmRetry(hedgeAfterMs = 10) reactor.core.publisher.Flux<String> flux();
              @LlmRetry(hedgeAfterMs = 10) io.reactivex.rxjava3.core.Single<String> single();
            """),
        cleanMethod(
            """
            @LlmRetry Stream<String> stream();
              @LlmRetry LongStream numbers();
              @LlmRetry Iterator<String> iterator();
              @LlmRetry Enumeration<String> enumeration();
              @LlmRetry Spliterator<String> spliterator();
              @LlmRetry Iterable<String> iterable();
              @LlmRetry Scanner scanner();
              @LlmRetry <S extends Serializable & Iterator<String>> S any();
            """),
        cleanMethod(
            """
            @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT) Stream<String> stream();
              @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT) Iterator<?> iterator();
              @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT) Iterable<? super String> all();
              @LlmRetry(stream = StreamRetry.OPENING) Stream<String> opening();
            """),
        clean(
            """
            interface Answers<T> extends Closeable {
              Stream<T> stream();

              String id();

              @Deprecated String oldId();

              @Override void close();
            }

            interface Cursor extends Iterator<String>, Closeable {
              @Override void close();
            }

            interface Outdated extends Closeable {
              @Deprecated Iterable<String> events();

              @Override void close();
            }

            @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
            interface Chat {
              String complete();

              void warmUp();

              CompletableFuture<String> completeAsync();

              Answers<String> open();

              Cursor cursor();

              Outdated outdated();
            }
            """),
        clean(
            """
            interface Base<T> {
              T complete();

              CompletableFuture<T> completeAsync();

              Flow.Publisher<T> publish();

              Stream<T> stream();
            }

            @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
            interface Chat extends Base<String> {}

            @LlmRetry
            interface AnyChat<T> extends Base<T> {}
            """),
        clean(
            TESTS_STRINGS
                + predicate("class Any implements Predicate", "Object")
                + predicate("record Empty() implements Predicate", "CharSequence")
                + predicate("class Old implements Predicate", "Integer")
                    .replace("{ @Override", "{ @Deprecated Old() {} @Override")
                + """
                interface Chat {
                  @LlmRetry(preamble = First.class) Flow.Publisher<String> publisher();

                  @LlmRetry(preamble = Any.class) Flow.Publisher<?> anything();

                  @LlmRetry(preamble = Any.class) <T> Flow.Publisher<T> some(Class<T> type);

                  @LlmRetry(preamble = Empty.class) Flow.Publisher<? extends String> wild();

                  @LlmRetry(preamble = Old.class) <T extends Integer> Flow.Publisher<T> numbers();

                  @LlmRetry(preamble = Old.class) void count(@StreamCallback IntConsumer handler);

                  @LlmRetry(preamble = First.class)
                  void chat(@StreamCallback Consumer<? super String> handler);

                  @LlmRetry(preamble = First.class)
                  void subscribe(@StreamCallback Flow.Subscriber<? super String> handler);

                  @LlmRetry(preamble = Any.class)
                  void handle(
                      @StreamCallback
                          dev.langchain4j.model.chat.response.StreamingChatResponseHandler handler);

                  @LlmRetry(preamble = First.class, stream = StreamRetry.UNTIL_FIRST_ELEMENT)
                  Stream<String> stream();

                  @LlmRetry(preamble = LlmRetry.NoPreamble.class) String complete();
                }
                """),
        clean(
            TESTS_STRINGS
                + """
                interface Event {}

                interface Start extends Event {}

                interface Text extends Event {}

                interface Handler {
                  void onStart(Start start);

                  void onText(Text text);
                }

                """
                + predicate("class Starts implements Predicate", "Event")
                + """
                @LlmRetry(preamble = First.class)
                @interface Resilient {}

                interface Chat {
                  @Resilient String complete();

                  @Resilient CompletableFuture<String> completeAsync();

                  @Resilient Stream<Integer> opening();

                  @LlmRetry(preamble = Starts.class) void chat(@StreamCallback Handler handler);
                }
                """),
        cleanMethod(
            """
            @LlmRetry void consumer(String prompt, @StreamCallback Consumer<String> handler);
              @LlmRetry int counting(@StreamCallback ObjIntConsumer<? super String> handler);
              @LlmRetry void grpc(@StreamCallback io.grpc.stub.StreamObserver<String> handler);
              @LlmRetry
              void chat(
                  @StreamCallback
                      dev.langchain4j.model.chat.response.StreamingChatResponseHandler handler);
              @LlmRetry
              void old(@StreamCallback dev.langchain4j.model.StreamingResponseHandler<?> handler);
              @LlmRetry void flow(@StreamCallback Flow.Subscriber<? super String> handler);
              @LlmRetry void reactive(@StreamCallback org.reactivestreams.Subscriber<String> one);
              @LlmRetry void both(@StreamCallback IntConsumer one, @Replayable IntConsumer other);
              @LlmRetry default void body(@StreamCallback Consumer<String> handler) {}
              @LlmRetry CompletableFuture<String> later(@StreamCallback Consumer<String> handler);
              @LlmRetry CompletionStage<Void> whenDone(@StreamCallback IntConsumer handler);
            """
                .replace("StreamingResponseHandler<?>", "StreamingResponseHandler<String>")),
        clean(
            """
            interface Handler<T> {
              void onStart();

              void onText(T text, int index);

              @Deprecated default void onOther(String... others) {}

              void failed(Throwable error);

              void done(String reason);
            }

            @FunctionalInterface
            interface Listener {
              @Deprecated void onText(String text);
            }

            interface Chat {
              @LlmRetry
              void handle(@StreamCallback(completion = "done") Handler<? super String> handler);

              @LlmRetry <T> void any(@StreamCallback(completion = "done") Handler<T> handler);

              @LlmRetry void listen(@StreamCallback Listener listener);
            }
            """),
        clean(
            """
            @SuppressWarnings("rawtypes")
            interface Chat {
              @LlmRetry void consumer(@StreamCallback Consumer handler);

              @LlmRetry void grpc(@StreamCallback io.grpc.stub.StreamObserver handler);

              @LlmRetry void flow(@StreamCallback Flow.Subscriber handler);

              @LlmRetry void reactive(@StreamCallback org.reactivestreams.Subscriber handler);

              @LlmRetry Flow.Publisher publisher();
            }
            """),
        cleanMethod("@LlmRetry void warmUp();"),
        clean(
            """
            interface Chat {
              @LlmRetry Session open(String model);

              interface Session extends AutoCloseable {
                String complete(String prompt);

                @Override void close();
              }
            }
            """),
        clean(
            """
            interface Chat {
              @LlmRetry String complete(String prompt);

              Stream<String> stream(String prompt);

              void stream(String prompt, Consumer<String> handler);

              String upload(InputStream data);

              CompletableFuture<String> completeAsync(String prompt);
            }
            """),
        clean(
            """
            @LlmRetry
            interface Chat extends AutoCloseable {
              String complete(String prompt);

              @NoRetry Stream<String> stream(String prompt);

              @NoRetry default String greet() { return complete("Hello"); }

              default String greetTwice() { return greet() + greet(); }

              @Override void close();
            }
            """),
        clean(
            """
            interface Chat {
              default String greet() { return "Hello"; }
            }
            """),
        clean(
            """
            interface Chat extends AutoCloseable {
              @LlmRetry String complete(String prompt);

              @Override default void close() {}
            }
            """),
        clean(
            """
            @LlmRetry(max = 5, retryOn = IOException.class)
            interface Fast {
              String complete(String prompt) throws IOException;
            }

            interface Slow {
              @LlmRetry(max = 5, retryOn = IOException.class)
              String complete(String prompt) throws IOException;

              @LlmRetry(retryOn = IOException.class)
              String ask(String prompt) throws IOException;
            }

            interface Other {
              @LlmRetry(retryOn = IOException.class)
              String ask(String prompt) throws IOException;
            }

            @LlmRetry
            interface Chat extends Fast, Slow, Other {}
            """),
        clean(
            """
            @LlmRetry(max = 1)
            interface Fast {
              String complete(String prompt);
            }

            @LlmRetry(max = 5)
            interface Slow {
              String complete(String prompt);
            }

            @LlmRetry(max = 2)
            interface Chat extends Fast, Slow {}
            """),
        clean(
            """
            interface Base {
              @LlmRetry String complete(String prompt);
            }

            interface Left extends Base {}

            interface Right extends Base {}

            @LlmRetry
            interface Chat extends Left, Right {}
            """),
        clean(
            """
            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
            @LlmRetry(max = 5, jitter = Jitter.FULL)
            @interface Resilient {}

            interface Chat {
              @Resilient String complete(String prompt);
            }
            """),
        clean(
            """
            class Outer {
              private interface Base {}

              interface Chat extends Base {
                @LlmRetry String complete(String prompt);
              }
            }
            """),
        clean(
            """
            @interface Settings {
              int retries() default 3;

              @LlmRetry
              interface Chat {
                String complete(String prompt);
              }
            }
            """));
  }
}
