/**
 * Simulates many callers of one provider, with the retries of the runtime, on a virtual clock.
 *
 * <p>The packages below {@code internal} are not an API.
 */
module dev.llmretry.simulator {
  requires transitive dev.llmretry.runtime;
  requires dev.llmretry.testing;
  requires info.picocli;
  requires static org.jspecify;

  exports dev.llmretry.simulator;

  opens dev.llmretry.simulator.internal.cli to
      info.picocli;
}
