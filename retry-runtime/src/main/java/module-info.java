/**
 * The runtime of LlmRetry: the API for applications, and the code that generated wrappers call.
 * Requires no third-party library at run time.
 *
 * <p>The package {@code generated} is for generated and woven code, the packages below {@code
 * internal} are for the other artifacts of this project: neither is an API, and both may change in
 * any release.
 */
module dev.llmretry.runtime {
  requires transitive dev.llmretry;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.llmretry.runtime;
  exports dev.llmretry.runtime.classification;
  exports dev.llmretry.runtime.generated;
  exports dev.llmretry.runtime.internal.execution;
  exports dev.llmretry.runtime.internal.future;
  exports dev.llmretry.runtime.internal.stream;
  exports dev.llmretry.runtime.internal.upstream;
  exports dev.llmretry.runtime.internal.util;
  exports dev.llmretry.runtime.upstream;

  uses dev.llmretry.runtime.classification.FailureExtractor;
}
