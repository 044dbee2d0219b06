package dev.llmretry.benchmarks;

/** A client without retries. */
interface Delegate
    extends ChatClient,
        CancellableChatClient,
        CheckedChatClient,
        PunctualChatClient,
        RoutedChatClient {}
