package dev.llmretry.kotlin

import dev.llmretry.kotlin.internal.CoroutineCall
import dev.llmretry.kotlin.internal.awaitOutcome
import dev.llmretry.runtime.AsyncCall
import dev.llmretry.runtime.AsyncRetry
import dev.llmretry.runtime.Attempt
import dev.llmretry.runtime.RetryPolicy
import dev.llmretry.runtime.RetryRuntime
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.future.future
import kotlinx.coroutines.supervisorScope

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
