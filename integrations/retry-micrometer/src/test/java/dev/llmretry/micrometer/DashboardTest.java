package dev.llmretry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard in the documentation shows what the meters have. */
class DashboardTest {

  private static final Path DASHBOARD = Path.of("../../docs/grafana/llmretry.json");

  private static final Pattern METER = Pattern.compile("llmretry_\\w+");
  private static final Pattern TAG = Pattern.compile("(\\w+)=[\"~]|by \\(([\\w, ]+)\\)");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void namesMetersAndTagsThatExist() throws IOException {
    useAll();
    String scraped = registry.scrape();
    Set<String> meters = all(METER, scraped);
    List<String> expressions =
        new ObjectMapper()
            .readTree(DASHBOARD.toFile()).findValues("expr").stream()
                .map(JsonNode::asText)
                .toList();
    Set<String> used = new TreeSet<>();
    for (String expression : expressions) {
      used.addAll(all(METER, expression));
      TAG.matcher(expression)
          .results()
          .flatMap(
              tag ->
                  List.of((tag.group(1) == null ? tag.group(2) : tag.group(1)).split(", "))
                      .stream())
          .filter(tag -> !tag.equals("job"))
          .forEach(tag -> assertThat(scraped).as(expression).contains(tag + "=\""));
    }
    assertThat(used).isSubsetOf(meters);
    assertThat(all(METER, String.join(" ", expressions)))
        .as("all meters are shown, but for maximums")
        .contains(
            meters.stream()
                .filter(meter -> !meter.endsWith("_max") && !meter.endsWith("_seconds"))
                .toArray(String[]::new));
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group()));
    return found;
  }

  /** Makes a call that fails once, and one that falls back and is hedged. */
  private void useAll() {
    Upstream upstream = Upstream.of("openai");
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(VirtualBackoffClock.autoAdvancing())
            .upstream(upstream)
            .listener(new RetryMeters(registry))
            .build();
    RetryMeters.bind(registry, upstream);
    RetryPolicy policy = RetryPolicy.builder("chat").build();
    String answer =
        Retry.call(
            runtime,
            policy,
            null,
            attempt -> {
              if (attempt.number() == 1) {
                throw new AttemptTimeoutException("too slow", null);
              }
              return "ok";
            });
    assertThat(answer).isEqualTo("ok");
    useRoutes(runtime);
  }

  private static void useRoutes(RetryRuntime runtime) {
    RetryRuntime routed =
        Routes.of(runtime, Route.of("first", "first"), Route.of("second", "second")).runtime();
    RetryPolicy policy = RetryPolicy.builder("chat").hedgeAfter(Duration.ofSeconds(1)).build();
    var answer =
        AsyncRetry.call(
            routed.toBuilder().executor(Runnable::run).build(),
            policy,
            attempt -> {
              if (attempt.number() == 1) {
                return CompletableFuture.failedFuture(new AttemptTimeoutException("slow", null));
              }
              return attempt.isHedge()
                  ? CompletableFuture.completedFuture("ok")
                  : new CompletableFuture<>();
            });
    ((VirtualBackoffClock) runtime.clock()).advanceUntil(answer::isDone);
    assertThat(answer).isCompletedWithValue("ok");
  }
}
