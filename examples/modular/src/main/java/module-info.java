/** A client and its retries, as a module. */
module dev.llmretry.examples.modular {
  requires dev.llmretry.runtime;
}
