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
import static dev.llmretry.processor.check.Diagnostic.CLASS_NOT_SUPPORTED;
import static dev.llmretry.processor.check.Diagnostic.COMPOSED_NOT_RETAINED;
import static dev.llmretry.processor.check.Diagnostic.JITTER_WITHOUT_DELAY;
import static dev.llmretry.processor.check.Diagnostic.KIND_TO_RETRY_AND_ABORT;
import static dev.llmretry.processor.check.Diagnostic.KIND_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.NAME_TAKEN;
import static dev.llmretry.processor.check.Diagnostic.NEVER_RETRIED;
import static dev.llmretry.processor.check.Diagnostic.NOTHING_TO_RETRY;
import static dev.llmretry.processor.check.Diagnostic.NOT_ACCESSIBLE;
import static dev.llmretry.processor.check.Diagnostic.NOT_WRAPPED;
import static dev.llmretry.processor.check.Diagnostic.NO_RETRIES;
import static dev.llmretry.processor.check.Diagnostic.NO_RETRY_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.ONE_SHOT_ARGUMENT;
import static dev.llmretry.processor.check.Diagnostic.ONLY_AS_CAUSE;
import static dev.llmretry.processor.check.Diagnostic.OUT_OF_RANGE;
import static dev.llmretry.processor.check.Diagnostic.PRIVATE;
import static dev.llmretry.processor.check.Diagnostic.REPLAYABLE_WITHOUT_EFFECT;
import static dev.llmretry.processor.check.Diagnostic.RETRY_AND_ABORT;
import static dev.llmretry.processor.check.Diagnostic.RETRY_AND_NO_RETRY;
import static dev.llmretry.processor.check.Diagnostic.RETURN_TYPE_NOT_SUPPORTED;
import static dev.llmretry.processor.check.Diagnostic.SEALED;
import static dev.llmretry.processor.check.Diagnostic.SEVERAL_INHERITED;
import static dev.llmretry.processor.check.Diagnostic.SEVERAL_ON_ONE;
import static dev.llmretry.processor.check.Diagnostic.SILENT_DEFAULT;
import static dev.llmretry.processor.check.Diagnostic.SUSPEND_FUNCTION;
import static dev.llmretry.processor.check.Diagnostic.TWO_TOKENS;
import static dev.llmretry.processor.check.Diagnostic.UNREACHABLE_RULE;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What there is to say about which code. Cases need no options and the usual class path. */
final class DiagnosticCases {

  private static final String TOKEN = "dev.llmretry.runtime.CancellationToken";

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
            otherParameters(),
            interfaces(),
            annotations(),
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
            "jitter = FULL has nothing to change",
            "baseDelayMs = 0",
            "Set a baseDelayMs, or leave the jitter out"),
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
            "Lower attemptTimeoutMs, or leave it out"),
        annotation(
            "@LlmRetry(deadlineMs = 5_000, attemptTimeoutMs = «5_001»)",
            ATTEMPT_OUTLASTS_DEADLINE,
            "attemptTimeoutMs = 5001"));
  }

  private static List<DiagnosticCase> classRules() {
    return List.of(
        annotation(
            "@LlmRetry(retryOn = IOException.class, abortOn = «IOException.class»)",
            RETRY_AND_ABORT,
            "java.io.IOException stands in both retryOn and abortOn",
            "Remove it from one of them"),
        annotation(
            "@LlmRetry(retryOn = {IOException.class, IllegalStateException.class},"
                + " abortOn = {SocketException.class, «IllegalStateException.class»})",
            RETRY_AND_ABORT,
            "java.lang.IllegalStateException"),
        annotation(
            "@LlmRetry(retryOn = {IOException.class, «SocketException.class»})",
            UNREACHABLE_RULE,
            "java.net.SocketException in retryOn changes nothing",
            "java.io.IOException stands there too",
            "Remove it"),
        annotation(
            "@LlmRetry(abortOn = {«ConnectException.class», IOException.class})",
            UNREACHABLE_RULE,
            "java.net.ConnectException in abortOn changes nothing",
            "java.io.IOException"),
        annotation(
            "@LlmRetry(retryOn = {IOException.class, «IOException.class»})",
            UNREACHABLE_RULE,
            "java.io.IOException in retryOn changes nothing"),
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
            "UNKNOWN stands in both retryOnKinds and abortOnKinds",
            "Remove it from one of them"),
        annotation(
            "@LlmRetry(retryOnKinds = FailureKind.SERVER, abortOnKinds = «FailureKind.SERVER»)",
            KIND_TO_RETRY_AND_ABORT,
            "SERVER stands in both"),
        annotation(
            "@LlmRetry(retryOnKinds = «FailureKind.RATE_LIMITED»)",
            KIND_WITHOUT_EFFECT,
            "RATE_LIMITED in retryOnKinds changes nothing: it is retried anyway",
            "Remove it"),
        annotation(
            "@LlmRetry(retryOnKinds = {FailureKind.UNKNOWN, «FailureKind.UNKNOWN»})",
            KIND_WITHOUT_EFFECT,
            "UNKNOWN in retryOnKinds changes nothing: it stands there twice"),
        annotation(
            "@LlmRetry(abortOnKinds = «FailureKind.UNAUTHORIZED»)",
            KIND_WITHOUT_EFFECT,
            "UNAUTHORIZED in abortOnKinds changes nothing: it is not retried anyway"),
        annotation(
            "@LlmRetry(abortOnKinds = «FailureKind.CANCELLED»)",
            KIND_WITHOUT_EFFECT,
            "CANCELLED in abortOnKinds changes nothing: it is not retried anyway"),
        annotation(
            "@LlmRetry(abortOnKinds = {FailureKind.TIMEOUT, «FailureKind.TIMEOUT»})",
            KIND_WITHOUT_EFFECT,
            "TIMEOUT in abortOnKinds changes nothing: it stands there twice"),
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
            «@LlmRetry»
            class Client {
              String complete(String prompt) { return prompt; }
            }
            """,
            CLASS_NOT_SUPPORTED,
            "@LlmRetry stands in Client, which is not an interface",
            "not supported yet",
            "extract an interface, or use dev.llmretry.runtime.Retry"),
        file(
                """
            abstract class Client {
              «@LlmRetry(max = 5)»
              abstract String complete(String prompt);

              «@LlmRetry»
              static String name() { return ""; }
            }
            """,
                CLASS_NOT_SUPPORTED,
                "@LlmRetry stands in Client")
            .and(CLASS_NOT_SUPPORTED, "@LlmRetry stands in Client"),
        file(
            """
            enum Model {
              SMALL;

              «@LlmRetry»
              String complete(String prompt) { return prompt; }
            }
            """,
            CLASS_NOT_SUPPORTED,
            "in Model"),
        file(
            """
            class Client {
              @LlmRetry @interface Resilient {}

              «@Resilient» String complete(String prompt) { return prompt; }
            }
            """,
            CLASS_NOT_SUPPORTED,
            "@Resilient stands in Client"),
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
            "Chat cannot be named from the generated class",
            "it or a type around it is private",
            "Make it package-private at least"),
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
            "Chat cannot be named"));
  }

  /** The Eclipse compiler does not tell processors of annotations in these places. */
  static List<DiagnosticCase> overlookedByEclipse() {
    return List.of(
        file("«@LlmRetry» record Answer(String text) {}", CLASS_NOT_SUPPORTED, "in Answer"),
        file(
            """
            @interface Settings {
              «@LlmRetry» int retries() default 3;
            }
            """,
            CLASS_NOT_SUPPORTED,
            "@LlmRetry stands in Settings"));
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
                    "data may be used up by the first attempt",
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
                    "handler may hear the same twice",
                    "it is a " + type + " and a retry starts again",
                    "Use @NoRetry",
                    "mark it @Replayable"))
        .toList();
  }

  private static List<DiagnosticCase> returnTypes() {
    return Stream.of(
            returning("futures", "java.util.concurrent.CompletionStage<java.lang.String>"),
            returning("futures", "java.util.concurrent.CompletableFuture<java.lang.String>"),
            returning("futures", "java.util.concurrent.Future<java.lang.String>"),
            returning("futures", "java.util.concurrent.ForkJoinTask<java.lang.String>"),
            returning("futures", "kotlinx.coroutines.Deferred<java.lang.String>"),
            returning("publishers", "java.util.concurrent.Flow.Publisher<java.lang.String>"),
            returning("publishers", "org.reactivestreams.Publisher<java.lang.String>"),
            returning("publishers", "reactor.core.publisher.Mono<java.lang.String>"),
            returning("publishers", "reactor.core.publisher.Flux<java.lang.String>"),
            returning("publishers", "io.reactivex.rxjava3.core.Observable<java.lang.String>"),
            returning("publishers", "io.reactivex.rxjava3.core.Single<java.lang.String>"),
            returning("publishers", "io.reactivex.rxjava3.core.Maybe<java.lang.String>"),
            returning("publishers", "io.reactivex.rxjava3.core.Completable"),
            returning("publishers", "io.reactivex.rxjava3.core.Flowable<java.lang.String>"),
            returning("publishers", "io.smallrye.mutiny.Uni<java.lang.String>"),
            returning("publishers", "io.smallrye.mutiny.Multi<java.lang.String>"),
            returning("publishers", "kotlinx.coroutines.flow.Flow<java.lang.String>"),
            returning("streams", "java.util.stream.Stream<java.lang.String>"),
            returning("streams", "java.util.stream.LongStream"),
            returning("streams", "java.util.Iterator<java.lang.String>"),
            returning("streams", "java.util.Enumeration<java.lang.String>"),
            returning("streams", "java.util.Spliterator<java.lang.String>"),
            returning("streams", "java.lang.Iterable<java.lang.String>"),
            List.of(
                file(
                    """
                    interface Chat {
                      @LlmRetry Answers «open»(String prompt);

                      interface Answers extends AutoCloseable {
                        Stream<String> stream();

                        @Override void close();
                      }
                    }
                    """,
                    RETURN_TYPE_NOT_SUPPORTED,
                    "open() returns",
                    "Chat.Answers",
                    "streams"),
                file(
                    """
                    abstract class Answers implements Closeable {
                      public abstract Iterable<String> events();
                    }

                    interface Chat {
                      @LlmRetry Answers «open»(String prompt);
                    }
                    """,
                    RETURN_TYPE_NOT_SUPPORTED,
                    "streams"),
                method(
                    "@LlmRetry <F extends CompletableFuture<String>> F «complete»(F prompt);",
                    RETURN_TYPE_NOT_SUPPORTED,
                    "complete() returns F",
                    "futures"),
                method(
                    "@LlmRetry <S extends Serializable & Iterator<String>> S «complete»();",
                    RETURN_TYPE_NOT_SUPPORTED,
                    "streams"),
                file(
                    """
                    interface Base<T> {
                      T «complete»(String prompt);
                    }

                    @LlmRetry
                    interface Chat extends Base<CompletionStage<String>> {}
                    """,
                    RETURN_TYPE_NOT_SUPPORTED,
                    "complete() returns java.util.concurrent.CompletionStage<java.lang.String>")))
        .flatMap(Collection::stream)
        .toList();
  }

  private static List<DiagnosticCase> returning(String family, String type) {
    return List.of(
        method(
            "@LlmRetry " + type + " «complete»(String prompt);",
            RETURN_TYPE_NOT_SUPPORTED,
            "complete() returns " + type + ",",
            "its failures come after it has returned",
            "Retries of " + family + " are not supported yet",
            "use @NoRetry"));
  }

  private static List<DiagnosticCase> otherParameters() {
    return List.of(
        method(
            "@LlmRetry String complete(" + TOKEN + " one, " + TOKEN + " «two»);",
            TWO_TOKENS,
            "complete() has a second CancellationToken, two",
            "Leave one of them out"),
        method(
                "@LlmRetry String complete("
                    + (TOKEN + " one, " + TOKEN + " «two», String prompt, " + TOKEN + " «three»);"),
                TWO_TOKENS,
                "two")
            .and(TWO_TOKENS, "three"),
        method(
            "@LlmRetry <T extends " + TOKEN + "> String complete(" + TOKEN + " one, T «two»);",
            TWO_TOKENS,
            "two"),
        method(
            "@LlmRetry Object «complete»(String prompt,"
                + " kotlin.coroutines.Continuation<? super String> then);",
            SUSPEND_FUNCTION,
            "complete() is a Kotlin suspend function",
            "not supported",
            "use @NoRetry"),
        method(
            "@LlmRetry String complete(@Replayable String «prompt»);",
            REPLAYABLE_WITHOUT_EFFECT,
            "@Replayable has no effect on prompt",
            "its type can be passed to several attempts as it is",
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
            "what it calls on this interface is not retried",
            "@LlmRetry to retry it as a whole, or @NoRetry"),
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
            ".RetryingChat, which is to be generated, exists already",
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
                "the generated class cannot name",
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

  private static List<DiagnosticCase> annotations() {
    return List.of(
        file(
            """
            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.SOURCE)
            @LlmRetry
            @«interface» Resilient {}
            """,
            COMPOSED_NOT_RETAINED,
            "@Resilient stands for an @LlmRetry, but is retained in the source only",
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
            SEVERAL_ON_ONE,
            "@Resilient stands beside @LlmRetry",
            "only one of them can hold",
            "Remove one"),
        file(
                """
            @LlmRetry @interface Resilient {}

            @LlmRetry @interface Patient {}

            @Resilient «@Patient» «@LlmRetry»
            interface Chat {
              String complete(String prompt);
            }
            """,
                SEVERAL_ON_ONE,
                "@Patient stands beside @Resilient")
            .and(SEVERAL_ON_ONE, "@LlmRetry stands beside @Resilient"),
        file(
            """
            @LlmRetry @interface Resilient {}

            @LlmRetry «@Resilient» @interface Patient {}
            """,
            SEVERAL_ON_ONE,
            "@Resilient stands beside @LlmRetry"),
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
            SEVERAL_INHERITED,
            "complete() is retried in one way by Fast and in another by Slow",
            "Declare it again, with the @LlmRetry or @NoRetry that is wanted"),
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
            SEVERAL_INHERITED,
            "by Fast",
            "by Slow"),
        method(
            "@LlmRetry «@NoRetry» String complete(String prompt);",
            RETRY_AND_NO_RETRY,
            "@NoRetry stands beside @LlmRetry on complete()",
            "Remove one of them"),
        file(
            """
            @LlmRetry @interface Resilient {}

            interface Chat {
              «@NoRetry» @Resilient String complete(String prompt);
            }
            """,
            RETRY_AND_NO_RETRY,
            "beside @Resilient"),
        method(
            "«@NoRetry» String complete(String prompt);",
            NO_RETRY_WITHOUT_EFFECT,
            "@NoRetry has no effect in Chat, where nothing is retried",
            "Remove it, or annotate the methods that are to be retried with @LlmRetry"));
  }

  /** What is wrong in one place does not hide what is wrong in another. */
  private static List<DiagnosticCase> together() {
    return List.of(
        file(
                """
            interface Chat {
              @LlmRetry(max = «-1») String complete(String prompt);

              @LlmRetry(multiplier = «0.5») String summarise(String text);

              @LlmRetry Stream<String> «stream»(String prompt);

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
              Stream<String> «upload»(InputStream «data», Consumer<String> «handler»);
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
            .and(CLASS_NOT_SUPPORTED));
  }

  /** Returns the cases about which there is nothing to say. */
  static List<DiagnosticCase> right() {
    return List.of(
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
