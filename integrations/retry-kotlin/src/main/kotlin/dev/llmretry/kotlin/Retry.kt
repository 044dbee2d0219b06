package dev.llmretry.kotlin

import dev.llmretry.runtime.AsyncCall
import dev.llmretry.runtime.AsyncRetry
import dev.llmretry.runtime.Attempt
import dev.llmretry.runtime.CancellationSource
import dev.llmretry.runtime.CancellationToken
import dev.llmretry.runtime.RetryPolicy
import dev.llmretry.runtime.RetryRuntime
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.resume
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.future.future
import kotlinx.coroutines.isActive
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.suspendCancellableCoroutine

/**
 * Makes a call that suspends, and retries it.
 *
 * ```
 * val answer = runtime.retry(policy) { client.ask(question) }
 * ```
 *
 * Every attempt runs in the context of the coroutine that makes the call; its dispatcher takes the
 * place of the runtime's executor. Cancelling the coroutine ends a delay, or the attempt in
 * progress. A [CancellationException] of an attempt is thrown without a retry, even if it comes
 * from `withTimeout`; use [RetryPolicy.Builder.attemptTimeout] to retry what takes too long: it
 * cancels the attempt, and waits until that has ended.
 *
 * @param policy the settings
 * @param block makes an attempt each time it is called
 * @return the result of the last attempt
 * @throws Throwable the error of the last attempt, the same object
 * @throws dev.llmretry.runtime.CancelledException if the runtime's token is cancelled
 */
public suspend fun <T> RetryRuntime.retry(
  policy: RetryPolicy,
  block: suspend (Attempt) -> T,
): T {
  val call = CoroutineCall(this, currentCoroutineContext())
  // The debug mode of coroutines copies exceptions that pass the end of a scope.
  val outcome = supervisorScope {
    AsyncRetry.call(
        call.runtime,
        policy,
        call.token,
        AsyncCall<CompletableFuture<T>> { attempt ->
          future(start = CoroutineStart.UNDISPATCHED) { call.orCancelled { block(attempt) } }
        },
      )
      .awaitOutcome()
  }
  call.throwCancellation()
  return outcome.getOrThrow()
}

/** A call made by a coroutine. */
internal class CoroutineCall(runtime: RetryRuntime, context: CoroutineContext) {

  private val source = CancellationSource.childOf(CancellationToken.none())
  private var cancellation: CancellationException? = null

  val token: CancellationToken
    get() = source.token()

  val runtime: RetryRuntime =
    runtime.toBuilder().executorPerCall(null).executor(dispatcher(context).asExecutor()).build()

  /** Runs an attempt. If it throws a cancellation that is not ours, that is the end of the call. */
  suspend fun <T> orCancelled(attempt: suspend () -> T): T =
    try {
      attempt()
    } catch (e: CancellationException) {
      if (currentCoroutineContext().isActive) {
        cancellation = e
        source.cancel()
      }
      throw e
    }

  /** Throws what an attempt was cancelled with, if that has ended the call. */
  fun throwCancellation() {
    cancellation?.let { throw it }
  }

  private companion object {
    fun dispatcher(context: CoroutineContext) =
      context[ContinuationInterceptor] as? CoroutineDispatcher ?: Dispatchers.Default
  }
}

private suspend fun <T> CompletableFuture<T>.awaitOutcome(): Result<T> =
  suspendCancellableCoroutine { continuation ->
    whenComplete { value, error: Throwable? ->
      continuation.resume(if (error == null) Result.success(value) else Result.failure(error))
    }
    continuation.invokeOnCancellation { cancel(false) }
  }
