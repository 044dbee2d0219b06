package dev.llmretry.kotlin

import dev.llmretry.kotlin.internal.CoroutineCall
import dev.llmretry.runtime.AsyncCall
import dev.llmretry.runtime.Attempt
import dev.llmretry.runtime.CancelledException
import dev.llmretry.runtime.PublisherRetry
import dev.llmretry.runtime.RetryPolicy
import dev.llmretry.runtime.RetryRuntime
import java.util.concurrent.Flow.Publisher
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.jdk9.asFlow
import kotlinx.coroutines.jdk9.asPublisher

/**
 * Returns a flow that is retried until its first element of content.
 *
 * ```
 * val tokens = runtime.retryFlow(policy) { client.stream(question) }
 * ```
 *
 * Each collection is a call of its own. After the first element of content, the call is not retried,
 * so no element is repeated; elements of the [preamble][RetryPolicy.Builder.preamble] are held back
 * until then. Time-outs and the deadline apply until then, too. What [retry] says of contexts and
 * cancellation holds here as well, but the collector does not wait until a flow that was cancelled
 * has ended.
 *
 * @param policy the settings
 * @param block begins an attempt each time it is called
 */
public fun <T : Any> RetryRuntime.retryFlow(
  policy: RetryPolicy,
  block: suspend (Attempt) -> Flow<T>,
): Flow<T> = flow {
  val context = currentCoroutineContext()
  val call = CoroutineCall(this@retryFlow, context)
  val attempts =
    PublisherRetry.call(
      call.runtime,
      policy,
      call.token,
      AsyncCall<Publisher<T>> { attempt ->
        flow { call.orCancelled { emitAll(block(attempt)) } }
          .asPublisher(context.minusKey(Job))
      },
    )
  try {
    emitAll(attempts.asFlow().buffer(Channel.RENDEZVOUS))
  } catch (e: CancelledException) {
    call.throwCancellation()
    throw e
  }
}
