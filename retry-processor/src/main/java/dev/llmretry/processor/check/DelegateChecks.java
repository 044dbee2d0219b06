package dev.llmretry.processor.check;

import dev.llmretry.processor.model.Delegate;
import dev.llmretry.processor.model.RetryingClient;

/** Checks what type the delegate of a wrapper has. */
final class DelegateChecks {

  private DelegateChecks() {}

  static void check(RetryingClient client, Delegate delegate, Reporter reporter) {
    String name = client.type().simpleName();
    if (delegate.obstacle() != null) {
      reporter.report(Diagnostic.DELEGATE_NOT_WIDER, client.at(), name, delegate.obstacle());
    }
    if (!delegate.lostToLambda().isEmpty()) {
      reporter.report(
          Diagnostic.DELEGATE_AS_LAMBDA,
          client.at(),
          client.generatedName().simpleName(),
          String.join("(), ", delegate.lostToLambda()) + "()");
    }
  }
}
