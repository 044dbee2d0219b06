package dev.llmretry.benchmarks;

import java.util.concurrent.CompletableFuture;

/** What is at the other end of a client that does not block. */
interface AsyncProvider {

  CompletableFuture<String> answer(String prompt);

  /** Has the answer at hand, in always the same future. */
  final class Ready implements AsyncProvider {

    private final CompletableFuture<String> answer = CompletableFuture.completedFuture("Yes.");

    @Override
    public CompletableFuture<String> answer(String prompt) {
      return answer;
    }
  }

  /** Answers when it is told to. */
  final class Pending implements AsyncProvider {

    private CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    public CompletableFuture<String> answer(String prompt) {
      answer = new CompletableFuture<>();
      return answer;
    }

    /** Answers what was asked last. */
    void say(String text) {
      answer.complete(text);
    }
  }
}
