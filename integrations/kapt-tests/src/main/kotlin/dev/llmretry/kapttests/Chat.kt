package dev.llmretry.kapttests

import dev.llmretry.LlmRetry
import dev.llmretry.NoRetry
import dev.llmretry.Replayable
import java.io.IOException
import java.util.concurrent.CompletableFuture

/** What Kotlin has and Java has not, as far as a wrapper can implement it. */
@LlmRetry(max = 2, baseDelayMs = 100)
interface Chat {
  val model: String

  fun ask(prompt: String): String

  fun find(prompt: String?): String?

  fun greet(name: String = "you", times: Int = 1): String

  fun count(texts: List<String>, weights: Map<String, List<Number>>): Map<String, Int>

  fun <T : Any> parse(text: String, type: Class<out T>): T

  fun later(prompt: String): CompletableFuture<String>

  @Throws(IOException::class) fun read(vararg paths: String): ByteArray

  fun shout(prompt: String, @Replayable by: (String) -> String): String

  @NoRetry fun once(prompt: String): String

  /** Runs on the delegate. */
  @LlmRetry(max = 1, baseDelayMs = 1)
  fun describe(): String = "described: " + ask("describe")

  companion object {
    const val LIMIT: Int = 3
  }
}
