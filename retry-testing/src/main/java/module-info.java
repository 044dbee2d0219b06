/**
 * Support for tests of code that retries: a clock whose delays take no time.
 *
 * <p>The package {@code internal} is for the other artifacts of this project. It is not an API, and
 * may change in any release.
 */
module dev.llmretry.testing {
  requires transitive dev.llmretry.runtime;
  requires static org.jspecify;

  exports dev.llmretry.testing;
  exports dev.llmretry.testing.internal;
}
