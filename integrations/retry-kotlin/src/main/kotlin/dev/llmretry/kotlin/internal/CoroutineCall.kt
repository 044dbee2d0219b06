package dev.llmretry.kotlin.internal

import dev.llmretry.runtime.CancellationSource
import dev.llmretry.runtime.CancellationToken
import dev.llmretry.runtime.RetryRuntime
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.resume
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.isActive
import kotlinx.coroutines.suspendCancellableCoroutine

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

/** Awaits a future; if the coroutine is cancelled, the future is. */
internal suspend fun <T> CompletableFuture<T>.awaitOutcome(): Result<T> =
  suspendCancellableCoroutine { continuation ->
    whenComplete { value, error: Throwable? ->
      continuation.resume(if (error == null) Result.success(value) else Result.failure(error))
    }
    continuation.invokeOnCancellation { cancel(false) }
  }
