package dev.llmretry.processor.read;

import com.palantir.javapoet.ClassName;
import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.Names;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What retries futures and publishers of which type. A type of its own is one line here. */
final class AsyncAdapters {

  private static final String ASYNC = Names.RUNTIME + ".async";

  /** The class that makes subscribers and publishers of Reactive Streams those of the JDK. */
  static final String FLOW_ADAPTERS = "org.reactivestreams.FlowAdapters";

  /** The artifact that has it. */
  static final String REACTIVE_STREAMS =
      "org.reactivestreams:reactive-streams of version 1.0.3 or later";

  private record Entry(
      ClassName type, String method, @Nullable ClassName adapters, String artifact) {}

  private static final Map<String, Entry> BY_TYPE =
      Map.ofEntries(
          Map.entry("java.util.concurrent.CompletionStage", runtime("AsyncRetry", null)),
          Map.entry("java.util.concurrent.CompletableFuture", runtime("AsyncRetry", null)),
          Map.entry("java.util.concurrent.Flow.Publisher", runtime("PublisherRetry", null)),
          Map.entry(
              "org.reactivestreams.Publisher",
              runtime("PublisherRetry", ClassName.bestGuess(FLOW_ADAPTERS))),
          Map.entry(
              "com.google.common.util.concurrent.ListenableFuture",
              integration("guava", "GuavaRetry", "call")),
          Map.entry("com.google.api.core.ApiFuture", integration("gax", "GaxRetry", "call")),
          Map.entry("reactor.core.publisher.Mono", integration("reactor", "ReactorRetry", "mono")),
          Map.entry("reactor.core.publisher.Flux", integration("reactor", "ReactorRetry", "flux")),
          rx("Flowable", "flowable"),
          rx("Observable", "observable"),
          rx("Single", "single"),
          rx("Maybe", "maybe"),
          rx("Completable", "completable"));

  private AsyncAdapters() {}

  private static Entry runtime(String type, @Nullable ClassName adapters) {
    String artifact = adapters == null ? "dev.llmretry:retry-runtime" : REACTIVE_STREAMS;
    return new Entry(ClassName.get(ASYNC, type), "call", adapters, artifact);
  }

  private static Entry integration(String name, String type, String method) {
    return new Entry(
        ClassName.get(Names.ANNOTATIONS + "." + name, type),
        method,
        null,
        "dev.llmretry:retry-" + name);
  }

  private static Map.Entry<String, Entry> rx(String type, String method) {
    return Map.entry(
        "io.reactivex.rxjava3.core." + type, integration("rxjava3", "RxRetry", method));
  }

  /**
   * Returns what retries a return type, or null if nothing does.
   *
   * @param isVisible whether a class can be read
   */
  static @Nullable AsyncAdapter find(String returnType, Predicate<String> isVisible) {
    Entry entry = BY_TYPE.get(returnType);
    if (entry == null) {
      return null;
    }
    ClassName needed = entry.adapters() == null ? entry.type() : entry.adapters();
    return new AsyncAdapter(
        entry.type(),
        entry.method(),
        entry.adapters(),
        entry.artifact(),
        isVisible.test(needed.canonicalName()));
  }
}
