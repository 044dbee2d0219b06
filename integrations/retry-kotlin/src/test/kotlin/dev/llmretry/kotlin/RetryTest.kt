package dev.llmretry.kotlin

import dev.llmretry.runtime.AttemptTimeoutException
import dev.llmretry.runtime.CancellationSource
import dev.llmretry.runtime.CancellationToken
import dev.llmretry.runtime.CancelledException
import dev.llmretry.runtime.RetryPolicy
import dev.llmretry.runtime.RetryRuntime
import dev.llmretry.runtime.RetryTrace
import dev.llmretry.runtime.Upstream
import java.net.ConnectException
import java.time.Duration
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

@Timeout(60)
class RetryTest {

  private val policy = RetryPolicy.builder("test").maxRetries(3).baseDelay(Duration.ofMillis(100)).build()
  private val refused = ConnectException("refused")

  private fun TestScope.builder() =
    RetryRuntime.builder().clock(CoroutineClock(backgroundScope, testScheduler.timeSource))

  private fun TestScope.runtime() = builder().build()

  @Test
  fun delaysTakeVirtualTime() = runTest {
    val times = mutableListOf<Long>()
    val answer =
      runtime().retry(policy) { attempt ->
        times += currentTime
        delay(10)
        if (attempt.number() < 4) throw refused
        "answer"
      }
    assertThat(answer).isEqualTo("answer")
    assertThat(times).containsExactly(0, 110, 320, 730)
  }

  @Test
  fun theErrorOfTheLastAttemptIsThrown() = runTest {
    var attempts = 0
    val error =
      runCatching {
          runtime().retry<String>(policy) {
            attempts++
            throw refused
          }
        }
        .exceptionOrNull()
    assertThat(error).isSameAs(refused)
    assertThat(refused.suppressed).hasSize(1).hasOnlyElementsOfType(RetryTrace::class.java)
    assertThat(attempts).isEqualTo(4)
  }

  @Test
  fun whatCannotPassIsNotRetried() = runTest {
    val error = IllegalArgumentException()
    assertThat(runCatching { runtime().retry<String>(policy) { throw error } }.exceptionOrNull())
      .isSameAs(error)
    assertThat(currentTime).isZero()
  }

  @Test
  fun nullIsAResult() = runTest {
    assertThat(runtime().retry<String?>(policy) { if (it.number() == 1) throw refused else null })
      .isNull()
    assertThat(currentTime).isEqualTo(100)
  }

  @Test
  fun theProvidersWaitIsHonoured() = runTest {
    runtime().retry(policy) {
      if (it.number() == 1) throw RateLimited(Duration.ofSeconds(7))
    }
    assertThat(currentTime).isEqualTo(7000)
  }

  @Test
  fun cancellationEndsADelay() = runTest {
    var attempts = 0
    val call = launch {
      runtime().retry<String>(policy) {
        attempts++
        throw refused
      }
    }
    testScheduler.advanceTimeBy(50)
    runCurrent()
    call.cancel()
    call.join()
    assertThat(call.isCancelled).isTrue()
    assertThat(attempts).isEqualTo(1)
    assertThat(currentTime).isEqualTo(50)
  }

  @Test
  fun cancellationEndsAnAttempt() = runTest {
    val started = CompletableDeferred<CancellationToken>()
    var cancelled = false
    val call = launch {
      runtime().retry<String>(policy) {
        started.complete(it.token())
        try {
          awaitCancellation()
        } finally {
          cancelled = true
        }
      }
    }
    val token = started.await()
    call.cancel()
    call.join()
    assertThat(cancelled).isTrue()
    assertThat(token.isCancelled).isTrue()
  }

  @Test
  fun aCancellationExceptionIsNotRetried() = runTest {
    var attempts = 0
    val error = CancellationException("theirs")
    val caught =
      runCatching {
          runtime().retry<String>(policy) {
            attempts++
            throw error
          }
        }
        .exceptionOrNull()
    assertThat(caught).isSameAs(error)
    assertThat(attempts).isEqualTo(1)

    val timeout = runCatching {
      runtime().retry<String>(policy) {
        attempts++
        withTimeout(10) { awaitCancellation() }
      }
    }
    assertThat(timeout.exceptionOrNull()).isInstanceOf(TimeoutCancellationException::class.java)
    assertThat(attempts).isEqualTo(2)
  }

  @Test
  fun aTimeOutAroundTheCallEndsIt() = runTest {
    val caught = runCatching {
      withTimeout(150) { runtime().retry<String>(policy) { throw refused } }
    }
    assertThat(caught.exceptionOrNull()).isInstanceOf(TimeoutCancellationException::class.java)
    assertThat(currentTime).isEqualTo(150)
  }

  @Test
  fun anAttemptThatTakesTooLongIsCancelledAndRetried() = runTest {
    val answer =
      runtime().retry(policy.toBuilder().attemptTimeout(Duration.ofMillis(30)).build()) {
        if (it.number() == 1) awaitCancellation()
        "answer"
      }
    assertThat(answer).isEqualTo("answer")
    assertThat(currentTime).isEqualTo(130)
  }

  @Test
  fun theLastTimeOutIsThrown() = runTest {
    val short = policy.toBuilder().maxRetries(0).attemptTimeout(Duration.ofMillis(30)).build()
    val caught = runCatching { runtime().retry<String>(short) { awaitCancellation() } }
    assertThat(caught.exceptionOrNull()).isInstanceOf(AttemptTimeoutException::class.java)
  }

  @Test
  fun aDelayThatCannotEndBeforeTheDeadlineIsNotStarted() = runTest {
    val times = mutableListOf<Long>()
    val caught = runCatching {
      runtime().retry<String>(policy.toBuilder().deadline(Duration.ofMillis(250)).build()) {
        times += currentTime
        throw refused
      }
    }
    assertThat(caught.exceptionOrNull()).isSameAs(refused)
    assertThat(times).containsExactly(0, 100)
    assertThat(currentTime).isEqualTo(100)
  }

  @Test
  fun anAttemptEndsAtTheDeadline() = runTest {
    val caught = runCatching {
      runtime().retry<String>(policy.toBuilder().deadline(Duration.ofMillis(250)).build()) {
        awaitCancellation()
      }
    }
    assertThat(caught.exceptionOrNull()).isInstanceOf(AttemptTimeoutException::class.java)
    assertThat(currentTime).isEqualTo(250)
  }

  @Test
  fun callsOfAnUpstreamWaitAtItsGate() = runTest {
    val runtime = builder().upstream(Upstream.of("provider")).build()
    val first = async {
      runtime.retry(policy) {
        if (it.number() == 1) throw RateLimited(Duration.ofSeconds(5))
        currentTime
      }
    }
    runCurrent()
    val second = async { runtime.retry(policy) { currentTime } }
    assertThat(first.await()).isEqualTo(5000)
    assertThat(second.await()).isGreaterThanOrEqualTo(5000)
  }

  @Test
  fun aCallCanBeCancelledAtTheGate() = runTest {
    val runtime = builder().upstream(Upstream.of("provider")).build()
    val first = async {
      runtime.retry(policy) { if (it.number() == 1) throw RateLimited(Duration.ofSeconds(5)) }
    }
    runCurrent()
    var attempts = 0
    val second = launch { runtime.retry(policy) { attempts++ } }
    runCurrent()
    second.cancel()
    second.join()
    assertThat(currentTime).isZero()
    first.await()
    assertThat(attempts).isZero()
  }

  @Test
  fun theRuntimesTokenEndsTheCall() = runTest {
    val source = CancellationSource.childOf(CancellationToken.none())
    val runtime = builder().token(source.token()).build()
    val call = async { runCatching { runtime.retry<String>(policy) { throw refused } } }
    runCurrent()
    source.cancel()
    assertThat(call.await().exceptionOrNull())
      .isInstanceOf(CancelledException::class.java)
      .hasCause(refused)
  }

  private class Name(val name: String) : AbstractCoroutineContextElement(Name) {
    companion object : CoroutineContext.Key<Name>
  }

  @Test
  fun attemptsRunInTheContextOfTheCaller() = runTest {
    val threads = mutableSetOf<Thread>()
    withContext(Name("caller")) {
      runtime().retry(policy) {
        threads += Thread.currentThread()
        assertThat(currentCoroutineContext()[Name]?.name).isEqualTo("caller")
        if (it.number() < 3) throw refused
      }
    }
    assertThat(threads).containsExactly(Thread.currentThread())
  }
}
