/** Support for tests of code that retries: a clock whose delays take no time. */
module dev.llmretry.testing {
  requires transitive dev.llmretry.runtime;
  requires static org.jspecify;

  exports dev.llmretry.testing;
}
