package dev.llmretry.processor;

/** Just enough of foreign libraries, as class files, for their types to be recognised. */
final class DiagnosticStubs {

  /** The compiled stubs. */
  static final CompilerRun COMPILED =
      CompilerRun.javac()
          .withoutProcessors()
          .sources(
              "package org.reactivestreams; public interface Publisher<T> {}",
              "package org.reactivestreams; public interface Subscriber<T> {}",
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
              "package io.reactivex.rxjava3.core; public interface Observer<T> {}",
              "package io.reactivex.rxjava3.core; public interface SingleObserver<T> {}",
              "package io.reactivex.rxjava3.core; public interface MaybeObserver<T> {}",
              "package io.reactivex.rxjava3.core; public interface CompletableObserver {}",
              "package io.smallrye.mutiny; public interface Uni<T> {}",
              """
              package io.smallrye.mutiny;
              public abstract class Multi<T>
                  implements java.util.concurrent.Flow.Publisher<T> {}
              """,
              "package kotlinx.coroutines; public interface Deferred<T> {}",
              "package kotlinx.coroutines.flow; public interface Flow<T> {}",
              "package kotlin.coroutines; public interface Continuation<T> {}",
              "package io.grpc.stub; public interface StreamObserver<T> {}",
              "package dev.langchain4j.model; public interface StreamingResponseHandler<T> {}",
              """
              package dev.langchain4j.model.chat.response;
              public interface StreamingChatResponseHandler {}
              """,
              "package okhttp3; public interface Callback {}",
              "package okhttp3.sse; public abstract class EventSourceListener {}",
              "package retrofit2; public interface Callback<T> {}")
          .run()
          .requireClean();

  private DiagnosticStubs() {}
}
