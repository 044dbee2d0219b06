package dev.llmretry.kotlin

import dev.llmretry.FailureKind
import dev.llmretry.LlmFailure
import java.time.Duration

/** What a provider says that asks to wait. */
internal class RateLimited(private val wait: Duration) : RuntimeException(), LlmFailure {

  override fun kind() = FailureKind.RATE_LIMITED

  override fun retryAfter() = wait
}
