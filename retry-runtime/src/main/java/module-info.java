/** What retrying wrappers call at run time. Needs no library. */
module dev.llmretry.runtime {
  requires transitive dev.llmretry;
  requires static org.aspectj.runtime;
  requires static org.jspecify;

  exports dev.llmretry.runtime;
  exports dev.llmretry.runtime.aspectj;
  exports dev.llmretry.runtime.async;
  exports dev.llmretry.runtime.classification;
  exports dev.llmretry.runtime.stream;
  exports dev.llmretry.runtime.testing;

  uses dev.llmretry.runtime.classification.FailureExtractor;
}
