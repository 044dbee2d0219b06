package dev.llmretry.kapttests

import dev.llmretry.FailureKind
import dev.llmretry.LlmFailure
import dev.llmretry.runtime.RetryRuntime
import dev.llmretry.testing.VirtualBackoffClock
import java.util.concurrent.CompletableFuture
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/** Calls what was generated for interfaces in Kotlin. */
class WrappersTest {

  private class Overloaded : RuntimeException(), LlmFailure {
    override fun kind() = FailureKind.OVERLOADED
  }

  /** Fails [failures] times. */
  private class Client(var failures: Int) : Chat {
    val calls = mutableListOf<String>()

    private fun <T> attempt(call: String, result: T): T {
      calls += call
      if (calls.size <= failures) throw Overloaded()
      return result
    }

    override val model: String
      get() = "a model"

    override fun ask(prompt: String) = attempt(prompt, "answer")

    override fun find(prompt: String?): String? = attempt("$prompt", null)

    override fun greet(name: String, times: Int) = attempt("$name $times", "hello")

    override fun count(texts: List<String>, weights: Map<String, List<Number>>) =
      attempt("$texts $weights", mapOf("a" to 1))

    override fun <T : Any> parse(text: String, type: Class<out T>): T =
      attempt(text, type.cast("parsed"))

    override fun later(prompt: String): CompletableFuture<String> =
      CompletableFuture.completedFuture(prompt).thenApply { attempt(it, "later") }

    override fun read(vararg paths: String) = attempt(paths.joinToString(), byteArrayOf(7))

    override fun shout(prompt: String, by: (String) -> String) = attempt(prompt, by(prompt))

    override fun once(prompt: String) = attempt(prompt, "once")
  }

  private val clock = VirtualBackoffClock.autoAdvancing()
  private val runtime = RetryRuntime.builder().clock(clock).executor(Runnable::run).build()

  private fun millis() = clock.waits().map { it.toMillis() }

  companion object {
    @JvmStatic
    fun calls(): List<Pair<(Chat) -> Any?, Any?>> =
      listOf(
        Pair({ it.ask("q") }, "answer"),
        Pair({ it.find(null) }, null),
        Pair({ it.greet() }, "hello"),
        Pair({ it.greet(times = 2) }, "hello"),
        Pair({ it.count(listOf("a"), mapOf("b" to listOf(1))) }, mapOf("a" to 1)),
        Pair({ it.parse("text", String::class.java) }, "parsed"),
        Pair({ it.read("a", "b") }, byteArrayOf(7)),
        Pair({ chat -> chat.shout("q") { it + "!" } }, "q!"),
      )
  }

  @ParameterizedTest
  @MethodSource("calls")
  fun `attempts are repeated with the same arguments`(call: Pair<(Chat) -> Any?, Any?>) {
    val client = Client(failures = 2)
    assertThat(call.first(RetryingChat(client, runtime))).isEqualTo(call.second)
    assertThat(client.calls).hasSize(3)
    assertThat(client.calls.toSet()).hasSize(1)
    assertThat(millis()).containsExactly(100L, 200L)
  }

  @Test
  fun `a future is completed by a later attempt`() {
    val client = Client(failures = 2)
    val future = RetryingChat(client, runtime).later("q")
    clock.advanceUntil(future::isDone)
    assertThat(future.join()).isEqualTo("later")
    assertThat(client.calls).containsExactly("q", "q", "q")
  }

  @Test
  fun `default arguments are those of the interface`() {
    val client = Client(failures = 0)
    RetryingChat(client, runtime).greet(times = 2)
    assertThat(client.calls).containsExactly("you 2")
  }

  @Test
  fun `a method with a body is retried as its own annotation says`() {
    val client = Client(failures = 1)
    assertThat(RetryingChat(client, runtime).describe()).isEqualTo("described: answer")
    assertThat(millis()).containsExactly(1L)
  }

  @Test
  fun `neither properties nor what opts out are retried`() {
    val client = Client(failures = 9)
    val chat = RetryingChat(client, runtime)
    assertThat(chat.model).isEqualTo("a model")
    assertThatThrownBy { chat.once("q") }.isInstanceOf(Overloaded::class.java)
    assertThat(client.calls).containsExactly("q")
  }

  @Test
  fun `what an interface inherits is implemented`() {
    var attempts = 0
    val narrow =
      object : Narrow {
        override var limit = 1

        override fun all(query: String) =
          if (attempts++ == 0) throw Overloaded() else listOf(query)

        override fun isReady() = true
      }
    val wide: Wide<String> = RetryingNarrow(narrow, runtime)
    wide.limit = 5
    assertThat(narrow.limit).isEqualTo(5)
    assertThat(wide.all("q")).isEqualTo(listOf("q"))
    assertThat(millis()).containsExactly(100L)
  }
}
