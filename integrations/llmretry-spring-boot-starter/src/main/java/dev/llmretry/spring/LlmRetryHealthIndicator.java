package dev.llmretry.spring;

import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.UpstreamState;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Shows the state of upstreams. A provider that limits or fails is {@code DEGRADED}, which does not
 * change the health of the application: restarting it would not help.
 */
final class LlmRetryHealthIndicator extends AbstractHealthIndicator {

  static final Status DEGRADED = new Status("DEGRADED");

  private final RetryUpstreams upstreams;

  LlmRetryHealthIndicator(RetryUpstreams upstreams) {
    this.upstreams = upstreams;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    boolean degraded =
        upstreams.all().stream().map(Upstream::state).anyMatch(LlmRetryHealthIndicator::isDegraded);
    health.status(degraded ? DEGRADED : Status.UP);
    for (Upstream upstream : upstreams.all()) {
      health.withDetail(upstream.name(), RetryUpstreams.describe(upstream));
    }
  }

  private static boolean isDegraded(UpstreamState state) {
    return !state.closedFor().isZero() || state.held() > 0;
  }
}
