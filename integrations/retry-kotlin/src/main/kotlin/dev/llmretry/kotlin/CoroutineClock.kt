package dev.llmretry.kotlin

import dev.llmretry.runtime.BackoffClock
import dev.llmretry.runtime.CancellationToken
import dev.llmretry.runtime.Registration
import java.time.Instant
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.TimeSource
import kotlin.time.toJavaDuration
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

/**
 * A clock whose timers are coroutines that [delay]. With it, the virtual time of
 * kotlinx-coroutines-test covers delays, time-outs and deadlines:
 * ```
 * runTest {
 *   val clock = CoroutineClock(backgroundScope, testScheduler.timeSource)
 *   val runtime = RetryRuntime.builder().clock(clock).build()
 * }
 * ```
 *
 * It is for [retry] and [retryFlow], not for calls that block. Safe for use by several threads.
 *
 * @property scope has the timers; when it ends, so do they
 * @property timeSource the time, which has to be that of the scope's dispatcher
 */
public class CoroutineClock(
  private val scope: CoroutineScope,
  private val timeSource: TimeSource,
) : BackoffClock {

  private val start = timeSource.markNow()

  override fun nanoTime(): Long = start.elapsedNow().inWholeNanoseconds

  /** Returns the time that has passed since the clock was created, counted from the epoch. */
  override fun instant(): Instant = Instant.EPOCH + start.elapsedNow().toJavaDuration()

  /** @throws UnsupportedOperationException always */
  override fun sleep(nanos: Long, token: CancellationToken): Unit =
    throw UnsupportedOperationException("CoroutineClock is for retry and retryFlow")

  override fun schedule(nanos: Long, action: Runnable): Registration {
    val timer = scope.launch {
      delay(nanos.nanoseconds)
      action.run()
    }
    return Registration { timer.cancel() }
  }
}
