package dev.llmretry.processor;

import java.util.Locale;

/** Just enough of foreign libraries, as class files, for their types to be recognised. */
final class ForeignStubs {

  /** The compiled stubs. */
  static final CompilerRun COMPILED =
      CompilerRun.javac()
          .withoutProcessors()
          .sources(
              "package org.reactivestreams; public interface Publisher<T> {}",
              "package org.reactivestreams; public interface Subscriber<T> {}",
              """
              package org.reactivestreams;
              import java.util.concurrent.Flow;
              public class FlowAdapters {
                public static <T> Publisher<T> toPublisher(Flow.Publisher<? extends T> flow) {
                  return null;
                }
                public static <T> Flow.Publisher<T> toFlowPublisher(Publisher<? extends T> it) {
                  return null;
                }
                public static <T> Subscriber<T> toSubscriber(Flow.Subscriber<T> flow) {
                  return null;
                }
                public static <T> Flow.Subscriber<T> toFlowSubscriber(Subscriber<T> it) {
                  return null;
                }
              }
              """,
              """
              package com.google.common.util.concurrent;
              public interface ListenableFuture<V> extends java.util.concurrent.Future<V> {}
              """,
              """
              package com.google.api.core;
              public interface ApiFuture<V> extends java.util.concurrent.Future<V> {}
              """,
              """
              package reactor.core.publisher;
              public abstract class Mono<T> implements org.reactivestreams.Publisher<T> {}
              """,
              """
              package reactor.core.publisher;
              public abstract class Flux<T> implements org.reactivestreams.Publisher<T> {}
              """,
              "package io.reactivex.rxjava3.core; public interface ObservableSource<T> {}",
              "package io.reactivex.rxjava3.core; public interface SingleSource<T> {}",
              "package io.reactivex.rxjava3.core; public interface MaybeSource<T> {}",
              "package io.reactivex.rxjava3.core; public interface CompletableSource {}",
              """
              package io.reactivex.rxjava3.core;
              public abstract class Observable<T> implements ObservableSource<T> {}
              """,
              """
              package io.reactivex.rxjava3.core;
              public abstract class Single<T> implements SingleSource<T> {}
              """,
              """
              package io.reactivex.rxjava3.core;
              public abstract class Maybe<T> implements MaybeSource<T> {}
              """,
              """
              package io.reactivex.rxjava3.core;
              public abstract class Completable implements CompletableSource {}
              """,
              """
              package io.reactivex.rxjava3.core;
              public abstract class Flowable<T> implements org.reactivestreams.Publisher<T> {}
              """,
              "package io.reactivex.rxjava3.disposables; public interface Disposable {}",
              """
              package io.reactivex.rxjava3.core;
              import io.reactivex.rxjava3.disposables.Disposable;
              public interface Observer<T> {
                void onSubscribe(Disposable disposable);
                void onNext(T item);
                void onError(Throwable error);
                void onComplete();
              }
              """,
              """
              package io.reactivex.rxjava3.core;
              import io.reactivex.rxjava3.disposables.Disposable;
              public interface SingleObserver<T> {
                void onSubscribe(Disposable disposable);
                void onSuccess(T item);
                void onError(Throwable error);
              }
              """,
              """
              package io.reactivex.rxjava3.core;
              import io.reactivex.rxjava3.disposables.Disposable;
              public interface MaybeObserver<T> {
                void onSubscribe(Disposable disposable);
                void onSuccess(T item);
                void onError(Throwable error);
                void onComplete();
              }
              """,
              """
              package io.reactivex.rxjava3.core;
              import io.reactivex.rxjava3.disposables.Disposable;
              public interface CompletableObserver {
                void onSubscribe(Disposable disposable);
                void onError(Throwable error);
                void onComplete();
              }
              """,
              "package io.smallrye.mutiny; public interface Uni<T> {}",
              """
              package io.smallrye.mutiny;
              public abstract class Multi<T>
                  implements java.util.concurrent.Flow.Publisher<T> {}
              """,
              "package kotlinx.coroutines; public interface Deferred<T> {}",
              "package kotlinx.coroutines.flow; public interface Flow<T> {}",
              "package kotlin.coroutines; public interface Continuation<T> {}",
              """
              package io.grpc.stub;
              public interface StreamObserver<V> {
                void onNext(V value);
                void onError(Throwable error);
                void onCompleted();
              }
              """,
              "package dev.langchain4j.model.output; public class Response<T> {}",
              """
              package dev.langchain4j.model;
              import dev.langchain4j.model.output.Response;
              public interface StreamingResponseHandler<T> {
                void onNext(String token);
                default void onComplete(Response<T> response) {}
                void onError(Throwable error);
              }
              """,
              "package dev.langchain4j.model.chat.response; public class ChatResponse {}",
              "package dev.langchain4j.model.chat.response; public class PartialThinking {}",
              "package dev.langchain4j.model.chat.response; public class PartialToolCall {}",
              "package dev.langchain4j.model.chat.response; public class CompleteToolCall {}",
              """
              package dev.langchain4j.model.chat.response;
              public interface StreamingChatResponseHandler {
                default void onPartialResponse(String text) {}
                default void onPartialThinking(PartialThinking thinking) {}
                default void onPartialToolCall(PartialToolCall call) {}
                default void onCompleteToolCall(CompleteToolCall call) {}
                default void onUnmappedRawEvent(Object event) {}
                void onCompleteResponse(ChatResponse response);
                void onError(Throwable error);
              }
              """,
              "package okhttp3; public interface Call {}",
              "package okhttp3; public class Response {}",
              """
              package okhttp3;
              public interface Callback {
                void onFailure(Call call, java.io.IOException failure);
                void onResponse(Call call, Response response) throws java.io.IOException;
              }
              """,
              "package okhttp3.sse; public interface EventSource {}",
              """
              package okhttp3.sse;
              import okhttp3.Response;
              public abstract class EventSourceListener {
                public void onOpen(EventSource source, Response response) {}
                public void onEvent(EventSource source, String id, String type, String data) {}
                public void onClosed(EventSource source) {}
                public void onFailure(EventSource source, Throwable failure, Response response) {}
              }
              """,
              "package retrofit2; public class Response<T> {}",
              "package retrofit2; public interface Call<T> {}",
              """
              package retrofit2;
              public interface Callback<T> {
                void onResponse(Call<T> call, Response<T> response);
                void onFailure(Call<T> call, Throwable failure);
              }
              """)
          .run()
          .requireClean();

  /** What retries their futures and publishers, as it looks to a compiler. */
  static final CompilerRun INTEGRATIONS =
      CompilerRun.javac()
          .withoutProcessors()
          .with(COMPILED)
          .sources(
              driver(
                  "guava", "GuavaRetry", "com.google.common.util.concurrent", "ListenableFuture"),
              driver("gax", "GaxRetry", "com.google.api.core", "ApiFuture"),
              driver("reactor", "ReactorRetry", "reactor.core.publisher", "Mono", "Flux"),
              driver(
                  "rxjava3",
                  "RxRetry",
                  "io.reactivex.rxjava3.core",
                  "Flowable",
                  "Observable",
                  "Single",
                  "Maybe",
                  "Completable"))
          .run()
          .requireClean();

  private static String driver(String name, String driver, String library, String... types) {
    StringBuilder source = new StringBuilder("package dev.llmretry." + name + ";\n");
    source.append("import dev.llmretry.runtime.*;\n");
    source.append("public final class ").append(driver).append(" {\n");
    for (String type : types) {
      String full = library + "." + type;
      boolean isFuture = type.endsWith("Future");
      String method = isFuture ? "call" : type.toLowerCase(Locale.ROOT);
      boolean isGeneric = !type.equals("Completable");
      String variable = isGeneric ? "<T> " : "";
      String returned = full + (isGeneric ? "<T>" : "");
      String called = "? extends " + full + (isGeneric ? "<? extends T>" : "");
      source.append(
          """
            public static %1$s%2$s %3$s(
                RetryRuntime runtime, RetryPolicy policy, AsyncCall<%4$s> call) {
              return null;
            }
            public static %1$s%2$s %3$s(
                RetryRuntime runtime,
                RetryPolicy policy,
                CancellationToken token,
                AsyncCall<%4$s> call) {
              return null;
            }
          """
              .formatted(variable, returned, method, called));
    }
    return source.append("}\n").toString();
  }

  private ForeignStubs() {}
}
