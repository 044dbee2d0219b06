/** Retries of methods of concrete classes, woven in by AspectJ. */
module dev.llmretry.aspectj {
  requires transitive dev.llmretry.runtime;
  requires transitive org.aspectj.runtime;
  requires static org.jspecify;

  exports dev.llmretry.aspectj;
}
