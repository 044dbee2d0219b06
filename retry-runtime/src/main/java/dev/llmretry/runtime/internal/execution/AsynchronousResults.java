package dev.llmretry.runtime.internal.execution;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises results that fail after the call has returned, which a blocking retry does not notice.
 * Types of libraries are recognised by their names.
 */
public final class AsynchronousResults {

  /** For a type, the name of what retries calls that return it. The first matching type counts. */
  private static final Map<String, String> RETRIED_BY = new LinkedHashMap<>();

  static {
    String reactor = "ReactorRetry, of dev.llmretry:retry-reactor";
    RETRIED_BY.put("reactor.core.publisher.Mono", reactor);
    RETRIED_BY.put("reactor.core.publisher.Flux", reactor);
    String rxJava = "RxRetry, of dev.llmretry:retry-rxjava3";
    RETRIED_BY.put("io.reactivex.rxjava3.core.Flowable", rxJava);
    RETRIED_BY.put("io.reactivex.rxjava3.core.ObservableSource", rxJava);
    RETRIED_BY.put("io.reactivex.rxjava3.core.SingleSource", rxJava);
    RETRIED_BY.put("io.reactivex.rxjava3.core.MaybeSource", rxJava);
    RETRIED_BY.put("io.reactivex.rxjava3.core.CompletableSource", rxJava);
    RETRIED_BY.put("com.google.api.core.ApiFuture", "GaxRetry, of dev.llmretry:retry-gax");
    RETRIED_BY.put(
        "com.google.common.util.concurrent.ListenableFuture",
        "GuavaRetry, of dev.llmretry:retry-guava");
    RETRIED_BY.put("java.util.concurrent.CompletionStage", "AsyncRetry");
    RETRIED_BY.put("java.util.concurrent.Flow$Publisher", "PublisherRetry");
    RETRIED_BY.put("org.reactivestreams.Publisher", "PublisherRetry and FlowAdapters");
    String converted = "AsyncRetry or PublisherRetry, with the result converted";
    RETRIED_BY.put("java.util.concurrent.Future", converted);
    RETRIED_BY.put("io.smallrye.mutiny.Uni", converted);
    RETRIED_BY.put("io.vertx.core.Future", converted);
    RETRIED_BY.put("kotlinx.coroutines.Deferred", converted);
    RETRIED_BY.put("kotlinx.coroutines.flow.Flow", converted);
    RETRIED_BY.put("okhttp3.Call", "Retry with a call that executes it");
    RETRIED_BY.put("retrofit2.Call", "Retry with a call that executes it");
  }

  /**
   * Maps a class of results to the name of what retries it; to an empty string if such results are
   * complete. The values are strings, since the class of a result holds its value and must not keep
   * this class and its class loader reachable.
   */
  private static final ClassValue<String> KNOWN =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          Set<String> lineage = new LinkedHashSet<>();
          addTypes(type, lineage);
          return retriedBy(lineage);
        }
      };

  private AsynchronousResults() {}

  /** {@return the names of the types that it knows} */
  public static Set<String> types() {
    return Set.copyOf(RETRIED_BY.keySet());
  }

  /**
   * {@return what retries calls that return a type, or an empty string if its results are complete}
   *
   * @param lineage the names of the type and its supertypes
   */
  public static String retriedBy(Set<String> lineage) {
    for (Map.Entry<String, String> row : RETRIED_BY.entrySet()) {
      if (lineage.contains(row.getKey())) {
        return row.getValue();
      }
    }
    return "";
  }

  private static void addTypes(@Nullable Class<?> type, Set<String> names) {
    for (Class<?> current = type; current != null; current = current.getSuperclass()) {
      names.add(current.getName());
      for (Class<?> implemented : current.getInterfaces()) {
        addTypes(implemented, names);
      }
    }
  }

  /**
   * {@return whether a result is asynchronous}
   *
   * @param result the result of an attempt, or null
   */
  public static boolean isAsynchronous(@Nullable Object result) {
    return result != null && !KNOWN.get(result.getClass()).isEmpty();
  }

  /**
   * Throws if a result is asynchronous.
   *
   * @param method the name of the method
   * @param result the result of an attempt, or null
   * @throws IllegalArgumentException if the result fails after the call has returned
   */
  public static void refuse(String method, @Nullable Object result) {
    if (result != null) {
      String retriedBy = KNOWN.get(result.getClass());
      if (!retriedBy.isEmpty()) {
        throw new IllegalArgumentException(
            method
                + " returned a "
                + result.getClass().getName()
                + ", which may fail after the call has returned, when it is not retried. Use "
                + retriedBy);
      }
    }
  }
}
