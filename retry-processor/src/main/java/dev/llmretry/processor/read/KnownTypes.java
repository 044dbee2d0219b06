package dev.llmretry.processor.read;

import static dev.llmretry.processor.model.ParameterRole.ATTEMPT;
import static dev.llmretry.processor.model.ParameterRole.CALLBACK;
import static dev.llmretry.processor.model.ParameterRole.CONTINUATION;
import static dev.llmretry.processor.model.ParameterRole.ONE_SHOT;
import static dev.llmretry.processor.model.ParameterRole.PLAIN;
import static dev.llmretry.processor.model.ParameterRole.TOKEN;
import static dev.llmretry.processor.model.ReturnFamily.FUTURE;
import static dev.llmretry.processor.model.ReturnFamily.PUBLISHER;
import static dev.llmretry.processor.model.ReturnFamily.STREAM;
import static dev.llmretry.processor.read.KnownType.type;

import com.palantir.javapoet.ClassName;
import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ElementSource;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.ReturnFamily;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of types and method names of the JDK and of libraries that the processor knows.
 *
 * <p>To support another return type, add a row. A row with {@code returned} recognises the type and
 * its subtypes, whose failures come after the method has returned; {@code retriedBy} names the
 * class that retries them. Families and roles are inherited by subtypes, all else is not.
 */
final class KnownTypes {

  /** Converts subscribers and publishers between Reactive Streams and the JDK's {@code Flow}. */
  static final String FLOW_ADAPTERS = "org.reactivestreams.FlowAdapters";

  /** The artifact that contains {@link #FLOW_ADAPTERS}. */
  static final String REACTIVE_STREAMS =
      "org.reactivestreams:reactive-streams of version 1.0.3 or later";

  private static final String RETRY_RUNTIME = "dev.llmretry:retry-runtime";

  private static final AsyncAdapter ASYNC_RETRY =
      new AsyncAdapter(
          ClassName.get(Names.RUNTIME, "AsyncRetry"), "call", null, true, RETRY_RUNTIME);

  private static final AsyncAdapter PUBLISHER_RETRY =
      new AsyncAdapter(
          ClassName.get(Names.RUNTIME, "PublisherRetry"), "call", null, false, RETRY_RUNTIME);

  private static final AsyncAdapter CONVERTED_PUBLISHER_RETRY =
      new AsyncAdapter(
          PUBLISHER_RETRY.type(),
          "call",
          ClassName.bestGuess(FLOW_ADAPTERS),
          false,
          REACTIVE_STREAMS);

  private static final List<KnownType> ROWS =
      List.of(
          // Futures
          type("java.util.concurrent.Future").returned(FUTURE),
          type("java.util.concurrent.CompletionStage").returned(FUTURE).retriedBy(ASYNC_RETRY),
          type("java.util.concurrent.CompletableFuture").returned(FUTURE).retriedBy(ASYNC_RETRY),
          type("com.google.common.util.concurrent.ListenableFuture")
              .returned(FUTURE)
              .retriedBy(integration("guava", "GuavaRetry", "call")),
          type("com.google.api.core.ApiFuture")
              .returned(FUTURE)
              .retriedBy(integration("gax", "GaxRetry", "call")),
          type("kotlinx.coroutines.Deferred").returned(FUTURE),
          type("okhttp3.Call").returned(FUTURE).passedAs(ONE_SHOT),
          type("retrofit2.Call").returned(FUTURE).passedAs(ONE_SHOT),
          type("io.vertx.core.Future").returned(FUTURE),

          // Publishers
          type("java.util.concurrent.Flow.Publisher")
              .returned(PUBLISHER)
              .retriedBy(PUBLISHER_RETRY)
              .passedAs(ONE_SHOT),
          type("org.reactivestreams.Publisher")
              .returned(PUBLISHER)
              .retriedBy(CONVERTED_PUBLISHER_RETRY)
              .passedAs(ONE_SHOT),
          type("reactor.core.publisher.Mono").retriedBy(reactor("mono")),
          type("reactor.core.publisher.Flux").retriedBy(reactor("flux")),
          type("io.reactivex.rxjava3.core.ObservableSource").returned(PUBLISHER).passedAs(ONE_SHOT),
          type("io.reactivex.rxjava3.core.SingleSource").returned(PUBLISHER).passedAs(ONE_SHOT),
          type("io.reactivex.rxjava3.core.MaybeSource").returned(PUBLISHER).passedAs(ONE_SHOT),
          type("io.reactivex.rxjava3.core.CompletableSource")
              .returned(PUBLISHER)
              .passedAs(ONE_SHOT),
          type("io.reactivex.rxjava3.core.Flowable").retriedBy(rxJava("flowable")),
          type("io.reactivex.rxjava3.core.Observable").retriedBy(rxJava("observable")),
          type("io.reactivex.rxjava3.core.Single").retriedBy(rxJava("single")),
          type("io.reactivex.rxjava3.core.Maybe").retriedBy(rxJava("maybe")),
          type("io.reactivex.rxjava3.core.Completable").retriedBy(rxJava("completable")),
          type("io.smallrye.mutiny.Uni").returned(PUBLISHER).passedAs(ONE_SHOT),
          type("kotlinx.coroutines.flow.Flow").returned(PUBLISHER).passedAs(ONE_SHOT),

          // Streams that the caller pulls. A subtype of Iterable may well be a collection.
          type("java.util.stream.BaseStream").returned(STREAM).passedAs(ONE_SHOT),
          type("java.util.stream.Stream").pulledAs(ElementSource.STREAM),
          type("java.util.Iterator")
              .returned(STREAM)
              .pulledAs(ElementSource.ITERATOR)
              .passedAs(ONE_SHOT),
          type("java.lang.Iterable").pulledAs(ElementSource.ITERABLE),
          type("java.util.Enumeration").returned(STREAM).passedAs(ONE_SHOT),
          type("java.util.Spliterator").returned(STREAM).passedAs(ONE_SHOT),

          // Arguments that can be read once. A body publisher accepts several subscribers.
          type("java.io.DataInput").passedAs(ONE_SHOT),
          type("java.io.InputStream").passedAs(ONE_SHOT),
          type("java.lang.Readable").passedAs(ONE_SHOT),
          type("java.net.http.HttpRequest.BodyPublisher").passedAs(PLAIN),
          type("java.nio.Buffer").passedAs(ONE_SHOT),
          type("java.nio.channels.ReadableByteChannel").passedAs(ONE_SHOT),
          type("java.sql.ResultSet").passedAs(ONE_SHOT),
          type("javax.xml.stream.XMLStreamReader").passedAs(ONE_SHOT),
          type("io.netty.buffer.ByteBuf").passedAs(ONE_SHOT),
          type("kotlin.sequences.Sequence").passedAs(ONE_SHOT),
          type("kotlinx.coroutines.channels.ReceiveChannel").passedAs(ONE_SHOT),
          type("io.vertx.core.streams.ReadStream").passedAs(ONE_SHOT),

          // Callbacks, besides those that CallbackRule finds
          type("java.io.DataOutput").passedAs(CALLBACK),
          type("java.io.OutputStream").passedAs(CALLBACK),
          type("java.io.Writer").passedAs(CALLBACK),
          type("java.lang.Appendable").passedAs(CALLBACK),
          type("java.nio.channels.WritableByteChannel").passedAs(CALLBACK),
          type("java.util.Queue").passedAs(CALLBACK),
          type("java.util.List").passedAs(PLAIN),
          type("java.util.StringJoiner").passedAs(CALLBACK),
          type("java.util.concurrent.Exchanger").passedAs(CALLBACK),
          type("kotlinx.coroutines.channels.SendChannel").passedAs(CALLBACK),
          type("io.vertx.core.streams.WriteStream").passedAs(CALLBACK),
          type("java.util.concurrent.Flow.Subscriber")
              .passedAs(CALLBACK)
              .subscribedAs(Callback.Kind.SUBSCRIBER),
          type("org.reactivestreams.Subscriber")
              .passedAs(CALLBACK)
              .subscribedAs(Callback.Kind.REACTIVE_SUBSCRIBER),
          type("io.reactivex.rxjava3.core.Observer").passedAs(CALLBACK).subscribed(),
          type("io.reactivex.rxjava3.core.SingleObserver").passedAs(CALLBACK).subscribed(),
          type("io.reactivex.rxjava3.core.MaybeObserver").passedAs(CALLBACK).subscribed(),
          type("io.reactivex.rxjava3.core.CompletableObserver").passedAs(CALLBACK).subscribed(),

          // Other parameters
          type(Names.CANCELLATION_TOKEN).passedAs(TOKEN),
          type(Names.ATTEMPT).passedAs(ATTEMPT),
          type("kotlin.coroutines.Continuation").passedAs(CONTINUATION));

  private static final Map<String, KnownType> BY_NAME =
      ROWS.stream().collect(Collectors.toUnmodifiableMap(KnownType::name, Function.identity()));

  /** For types of several families or roles: the first one counts. */
  private static final List<ReturnFamily> FAMILIES = List.of(FUTURE, PUBLISHER, STREAM);

  /** Roles that a type has if any of its supertypes has them, even if a nearer one has another. */
  private static final Set<ParameterRole> PARTS_OF_CALL = Set.of(TOKEN, ATTEMPT, CONTINUATION);

  /** Names of the methods that end a stream. LangChain4j's takes the complete response. */
  private static final Set<String> COMPLETION_METHODS =
      Set.of("onComplete", "onCompleted", "onClose", "onClosed", "onCompleteResponse");

  /** Names of methods whose argument is not content, such as LangChain4j's for raw events. */
  private static final Set<String> METADATA_METHODS = Set.of("onUnmappedRawEvent");

  private KnownTypes() {}

  private static AsyncAdapter integration(String name, String type, String method) {
    return new AsyncAdapter(
        ClassName.get(Names.ANNOTATIONS + "." + name, type),
        method,
        null,
        false,
        "dev.llmretry:retry-" + name);
  }

  private static AsyncAdapter reactor(String method) {
    return integration("reactor", "ReactorRetry", method);
  }

  private static AsyncAdapter rxJava(String method) {
    return integration("rxjava3", "RxRetry", method);
  }

  /** Returns the types whose results fail after the method has returned. */
  static List<KnownType> async() {
    return ROWS.stream()
        .filter(row -> row.family() == FUTURE || row.family() == PUBLISHER || row.adapter() != null)
        .toList();
  }

  /** Returns the row of exactly that type, or null. */
  static @Nullable KnownType find(String name) {
    return BY_NAME.get(name);
  }

  /** Returns the family of a return type, given the names of the type and its supertypes. */
  static @Nullable ReturnFamily familyOf(Set<String> lineage) {
    Set<ReturnFamily> found =
        rows(lineage).flatMap(row -> Stream.ofNullable(row.family())).collect(Collectors.toSet());
    return FAMILIES.stream().filter(found::contains).findFirst().orElse(null);
  }

  /** Returns whether a type is a future or a publisher, given the names of all its types. */
  static boolean isAsync(Set<String> lineage) {
    ReturnFamily family = familyOf(lineage);
    return family == FUTURE || family == PUBLISHER;
  }

  /** Returns whether one of a type's own and supertypes' names is that of a stream. */
  static boolean isStream(Set<String> lineage) {
    return rows(lineage).anyMatch(row -> row.family() == STREAM);
  }

  /**
   * Returns the role of a parameter, given the names of its type and the type's supertypes, nearest
   * first; null if none is listed.
   */
  static @Nullable ParameterRole roleOf(Set<String> lineage) {
    List<ParameterRole> found =
        rows(lineage).flatMap(row -> Stream.ofNullable(row.role())).toList();
    return found.stream()
        .filter(PARTS_OF_CALL::contains)
        .findFirst()
        .orElse(found.isEmpty() ? null : found.get(0));
  }

  /** Returns whether a callback is passed a subscription, given the names of all its types. */
  static boolean receivesSubscription(Set<String> lineage) {
    return rows(lineage).anyMatch(KnownType::receivesSubscription);
  }

  /** Returns whether a method of a callback ends the stream. */
  static boolean isCompletion(String method) {
    return COMPLETION_METHODS.contains(method);
  }

  /** Returns whether the argument of a callback's method is not content. */
  static boolean isMetadata(String method) {
    return METADATA_METHODS.contains(method);
  }

  private static Stream<KnownType> rows(Set<String> lineage) {
    return lineage.stream().flatMap(name -> Stream.ofNullable(BY_NAME.get(name)));
  }
}
