/**
 * Simulates many callers of one provider on a virtual clock. The calls are retried by the runtime
 * itself, so that the results hold for the policy that an application uses; the provider is a
 * model.
 */
@NullMarked
package dev.llmretry.simulator;

import org.jspecify.annotations.NullMarked;
