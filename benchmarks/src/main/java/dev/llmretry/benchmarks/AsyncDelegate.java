package dev.llmretry.benchmarks;

/** A client without retries that does not block. */
interface AsyncDelegate extends AsyncChatClient, CancellableAsyncChatClient {}
