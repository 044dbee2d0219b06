package dev.llmretry.rxjava3;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.util.List;

/** A type that is retried: each attempt is turned into it, and what comes out into a flowable. */
enum Shape {
  FLOWABLE {
    @Override
    Flowable<String> retry(RetryRuntime runtime, RetryPolicy policy, Call call) {
      return RxRetry.flowable(runtime, policy, attempt -> call.call(attempt).toFlowable());
    }

    @Override
    Flowable<String> retry(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Call call) {
      return RxRetry.flowable(runtime, policy, token, attempt -> call.call(attempt).toFlowable());
    }
  },
  OBSERVABLE {
    @Override
    Flowable<String> retry(RetryRuntime runtime, RetryPolicy policy, Call call) {
      return RxRetry.observable(runtime, policy, attempt -> call.call(attempt).toObservable())
          .toFlowable(BackpressureStrategy.BUFFER);
    }

    @Override
    Flowable<String> retry(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Call call) {
      return RxRetry.observable(
              runtime, policy, token, attempt -> call.call(attempt).toObservable())
          .toFlowable(BackpressureStrategy.BUFFER);
    }
  },
  SINGLE {
    @Override
    Flowable<String> retry(RetryRuntime runtime, RetryPolicy policy, Call call) {
      return RxRetry.single(runtime, policy, attempt -> call.call(attempt).toSingle()).toFlowable();
    }

    @Override
    Flowable<String> retry(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Call call) {
      return RxRetry.single(runtime, policy, token, attempt -> call.call(attempt).toSingle())
          .toFlowable();
    }
  },
  MAYBE {
    @Override
    Flowable<String> retry(RetryRuntime runtime, RetryPolicy policy, Call call) {
      return RxRetry.maybe(runtime, policy, call).toFlowable();
    }

    @Override
    Flowable<String> retry(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Call call) {
      return RxRetry.maybe(runtime, policy, token, call).toFlowable();
    }
  },
  COMPLETABLE {
    @Override
    Flowable<String> retry(RetryRuntime runtime, RetryPolicy policy, Call call) {
      return RxRetry.completable(runtime, policy, attempt -> call.call(attempt).ignoreElement())
          .toFlowable();
    }

    @Override
    Flowable<String> retry(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Call call) {
      return RxRetry.completable(
              runtime, policy, token, attempt -> call.call(attempt).ignoreElement())
          .toFlowable();
    }

    @Override
    List<String> result(String element) {
      return List.of();
    }
  };

  /** What is retried, as the most general of the types with one element. */
  interface Call extends AsyncCall<Maybe<String>> {}

  abstract Flowable<String> retry(RetryRuntime runtime, RetryPolicy policy, Call call);

  abstract Flowable<String> retry(
      RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Call call);

  /** Returns what comes out where an attempt results in {@code element}. */
  List<String> result(String element) {
    return List.of(element);
  }
}
