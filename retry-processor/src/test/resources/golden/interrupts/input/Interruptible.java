package acme.interrupts;

import dev.llmretry.LlmRetry;

public interface Interruptible<X extends Exception> {

  @LlmRetry
  String itself() throws InterruptedException;

  @LlmRetry
  String anything() throws Exception;

  @LlmRetry
  String everything() throws Throwable;

  @LlmRetry
  String variable() throws X;

  @LlmRetry
  String unchecked() throws IllegalStateException;
}
