package dev.llmretry.examples.client;

/** Why a model stopped. */
public enum FinishReason {
  /** It had said everything. */
  STOP,
  /** The answer had grown as long as it may. */
  LENGTH,
  /** It wants the results of tools. */
  TOOL_CALLS,
  /** A filter cut the answer off. */
  CONTENT_FILTER,
  /** Something that this client does not know. */
  OTHER
}
