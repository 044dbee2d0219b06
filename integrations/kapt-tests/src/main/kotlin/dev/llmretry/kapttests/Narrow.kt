package dev.llmretry.kapttests

import dev.llmretry.LlmRetry

/** Properties, generics and covariant results, inherited. */
interface Wide<T : CharSequence> {
  var limit: Int

  fun all(query: T): Collection<Any>
}

@LlmRetry(max = 2, baseDelayMs = 100)
interface Narrow : Wide<String> {
  override fun all(query: String): List<String>

  fun isReady(): Boolean
}
