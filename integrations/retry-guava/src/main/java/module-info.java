/**
 * Retries of methods that return Guava's {@code ListenableFuture}.
 *
 * <p>The package {@code internal} is for the other artifacts of this project. It is not an API, and
 * may change in any release.
 */
module dev.llmretry.guava {
  requires transitive com.google.common;
  requires transitive dev.llmretry.runtime;
  requires static org.jspecify;

  exports dev.llmretry.guava;
  exports dev.llmretry.guava.internal;
}
