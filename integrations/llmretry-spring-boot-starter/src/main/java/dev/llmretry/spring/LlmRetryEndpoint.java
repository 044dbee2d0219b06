package dev.llmretry.spring;

import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator's endpoint {@code llmretry}: {@code GET} shows the settings that apply to each
 * method and the state of upstreams; {@code POST} reads the configuration files again, see {@link
 * RetrySettingsRefresher}, and answers 400 if they are invalid.
 */
@Endpoint(id = "llmretry")
public final class LlmRetryEndpoint {

  private final RetryRuntime runtime;
  private final RetrySettingsRefresher refresher;
  private final RetryUpstreams upstreams;

  LlmRetryEndpoint(
      RetryRuntime runtime, RetrySettingsRefresher refresher, RetryUpstreams upstreams) {
    this.runtime = runtime;
    this.refresher = refresher;
    this.upstreams = upstreams;
  }

  /** {@return the settings of each method, and the state of each upstream} */
  @ReadOperation
  public Map<String, Object> show() {
    Map<String, Object> methods = new LinkedHashMap<>();
    runtime.policies().forEach(policy -> methods.put(policy.name(), describe(policy)));
    Map<String, Object> states = new LinkedHashMap<>();
    upstreams
        .all()
        .forEach(upstream -> states.put(upstream.name(), RetryUpstreams.describe(upstream)));
    return Map.of("methods", methods, "upstreams", states);
  }

  /**
   * Reads the configuration files again.
   *
   * @return what {@link #show} returns then
   */
  @WriteOperation
  public Map<String, Object> refresh() {
    try {
      refresher.refresh();
    } catch (InvalidSettingsException e) {
      String message = String.valueOf(e.getMessage());
      throw new InvalidEndpointRequestException(message, message);
    }
    return show();
  }

  private static Map<String, Object> describe(RetryPolicy policy) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", policy.key());
    settings.put("enabled", policy.isEnabled());
    settings.put("max", policy.maxRetries());
    settings.put("base-delay", policy.baseDelay().toString());
    settings.put("multiplier", policy.multiplier());
    settings.put("max-delay", policy.maxDelay().toString());
    settings.put("jitter", policy.jitter().name());
    settings.put("nested", policy.nested().name());
    settings.put("deadline", limit(policy.deadline()));
    settings.put("attempt-timeout", limit(policy.attemptTimeout()));
    settings.put("hedge-after", limit(policy.hedgeAfter()));
    settings.put("max-retry-after", limit(policy.maxRetryAfter()));
    settings.put("retry-on-kinds", policy.retryOnKinds());
    settings.put("abort-on-kinds", policy.abortOnKinds());
    return settings;
  }

  private static String limit(@Nullable Duration time) {
    return time == null ? "none" : time.toString();
  }
}
