/** Retries of methods that return Guava's {@code ListenableFuture}. */
module dev.llmretry.guava {
  requires transitive com.google.common;
  requires transitive dev.llmretry.runtime;
  requires static org.jspecify;

  exports dev.llmretry.guava;
}
