package dev.llmretry.kotlin

import dev.llmretry.runtime.RetryPolicy
import dev.llmretry.runtime.RetryRuntime
import java.net.ConnectException
import java.time.Duration
import java.util.function.Predicate
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.onCompletion
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

@Timeout(60)
class RetryFlowTest {

  private val policy = RetryPolicy.builder("test").maxRetries(2).baseDelay(Duration.ofMillis(100)).build()
  private val refused = ConnectException("refused")
  private var attempts = 0

  private fun TestScope.runtime() =
    RetryRuntime.builder()
      .clock(CoroutineClock(backgroundScope, testScheduler.timeSource))
      .build()

  private fun failing(times: Int, vararg before: String): Flow<String> = flow {
    attempts++
    before.forEach { emit(it) }
    if (attempts <= times) throw refused
    emit("a")
    delay(10)
    emit("b")
  }

  private suspend fun Flow<String>.received(): List<String> {
    val received = mutableListOf<String>()
    catch { received += it.javaClass.simpleName }.collect { received += it }
    return received
  }

  @Test
  fun isRetriedUntilItsFirstElement() = runTest {
    val elements = runtime().retryFlow(policy) { failing(2) }
    assertThat(elements.toList()).containsExactly("a", "b")
    assertThat(currentTime).isEqualTo(310)
    assertThat(attempts).isEqualTo(3)
  }

  @Test
  fun eachCollectionIsACall() = runTest {
    val elements = runtime().retryFlow(policy) { failing(1) }
    elements.toList()
    assertThat(elements.toList()).containsExactly("a", "b")
    assertThat(attempts).isEqualTo(3)
  }

  @Test
  fun isNotRetriedAfterAnElement() = runTest {
    assertThat(runtime().retryFlow(policy) { failing(9, "first") }.received())
      .containsExactly("first", "ConnectException")
    assertThat(attempts).isEqualTo(1)
  }

  @Test
  fun aPreambleIsHeldBack() = runTest {
    val withPreamble = policy.toBuilder().preamble(Predicate<String>(String::isEmpty)).build()
    assertThat(runtime().retryFlow(withPreamble) { failing(2, "") }.toList())
      .containsExactly("", "a", "b")
    assertThat(attempts).isEqualTo(3)
  }

  @Test
  fun theLastErrorIsThrown() = runTest {
    assertThat(runtime().retryFlow(policy) { failing(9) }.received())
      .containsExactly("ConnectException")
    assertThat(attempts).isEqualTo(3)
  }

  @Test
  fun noElementIsAResult() = runTest {
    assertThat(runtime().retryFlow(policy) { emptyFlow<String>() }.toList()).isEmpty()
  }

  @Test
  fun whatFailsBeforeThereIsAFlowIsRetried() = runTest {
    val elements =
      runtime().retryFlow(policy) { if (it.number() == 1) throw refused else flowOf("a") }
    assertThat(elements.toList()).containsExactly("a")
  }

  @Test
  fun theProvidersWaitIsHonoured() = runTest {
    runtime()
      .retryFlow(policy) {
        flow {
          if (it.number() == 1) throw RateLimited(Duration.ofSeconds(7))
          emit("a")
        }
      }
      .toList()
    assertThat(currentTime).isEqualTo(7000)
  }

  @Test
  fun aCancellationExceptionIsNotRetried() = runTest {
    val error = CancellationException("theirs")
    val caught = runCatching {
      runtime()
        .retryFlow(policy) {
          flow<String> {
            attempts++
            throw error
          }
        }
        .toList()
    }
    assertThat(caught.exceptionOrNull()).isSameAs(error)
    assertThat(attempts).isEqualTo(1)
  }

  @Test
  fun whoCancelsEndsADelayOrAnAttempt() = runTest {
    var ended = false
    val endless = flow {
      try {
        emit("a")
        awaitCancellation()
      } finally {
        ended = true
      }
    }
    assertThat(runtime().retryFlow(policy) { endless }.take(1).toList()).containsExactly("a")
    runCurrent()
    assertThat(ended).isTrue()

    val call = launch { runtime().retryFlow(policy) { failing(9) }.collect {} }
    runCurrent()
    call.cancel()
    call.join()
    assertThat(currentTime).isZero()
    assertThat(attempts).isEqualTo(1)
  }

  @Test
  fun anAttemptWithoutAnElementTimesOut() = runTest {
    var ended = false
    val elements =
      runtime().retryFlow(policy.toBuilder().attemptTimeout(Duration.ofMillis(30)).build()) {
        flow {
            if (it.number() == 1) awaitCancellation()
            emit("a")
            delay(1000)
            emit("b")
          }
          .onCompletion { ended = true }
      }
    assertThat(elements.toList()).containsExactly("a", "b")
    assertThat(ended).isTrue()
    assertThat(currentTime).isEqualTo(1130)
  }

  /** Nothing is emitted faster than it is collected. */
  @Test
  fun theCollectorSetsThePace() = runTest {
    var emitted = 0
    runtime()
      .retryFlow(policy) { flow<Int> { repeat(100) { emit(++emitted) } } }
      .collect {
        delay(1)
        assertThat(emitted - it).isLessThanOrEqualTo(2)
      }
    assertThat(emitted).isEqualTo(100)
  }

  private class Name(val name: String) : AbstractCoroutineContextElement(Name) {
    companion object : CoroutineContext.Key<Name>
  }

  @Test
  fun attemptsRunInTheContextOfTheCollector() = runTest {
    val elements =
      runtime().retryFlow(policy) {
        val outside = currentCoroutineContext()[Name]?.name
        flow {
          if (it.number() < 2) throw refused
          emit("$outside ${currentCoroutineContext()[Name]?.name}")
        }
      }
    assertThat(withContext(Name("caller")) { elements.toList() }).containsExactly("caller caller")
  }
}
