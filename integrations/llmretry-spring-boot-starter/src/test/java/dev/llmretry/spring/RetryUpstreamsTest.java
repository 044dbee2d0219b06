package dev.llmretry.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** How many calls may wait for an upstream that the starter creates. */
class RetryUpstreamsTest {

  private static final int CALLS = 250;
  private static final RetryPolicy POLICY = RetryPolicy.builder("call").build();

  private final Map<String, Object> properties = new HashMap<>();
  private final StandardEnvironment environment = new StandardEnvironment();

  RetryUpstreamsTest() {
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
  }

  /** Returns how many of {@link #CALLS} wait while the provider pauses; the others are refused. */
  private int waiting(boolean isServlet) {
    Upstream upstream = new RetryUpstreams(environment, List.of(), isServlet).create("openai");
    RetryRuntime runtime =
        RetryRuntime.builder().clock(VirtualBackoffClock.manual()).upstream(upstream).build();
    upstream.pushback(Duration.ofMinutes(1));
    for (int i = 0; i < CALLS; i++) {
      AsyncRetry.call(runtime, POLICY, attempt -> CompletableFuture.completedFuture("answer"));
    }
    return upstream.state().waiting();
  }

  @Test
  void halfOfTheThreadsOfAServerMayWait() {
    assertThat(waiting(true)).isEqualTo(100);
    properties.put("server.jetty.threads.max", "40");
    assertThat(waiting(true)).isEqualTo(20);
    properties.put("server.tomcat.threads.max", "1");
    assertThat(waiting(true)).isEqualTo(1);
  }

  @Test
  void withoutServletsThereIsNoLimit() {
    assertThat(waiting(false)).isEqualTo(CALLS);
  }

  @Test
  void aLimitThatIsSetApplies() {
    properties.put("llmretry.upstream.max-waiting", "30");
    assertThat(waiting(true)).isEqualTo(30);
    assertThat(waiting(false)).isEqualTo(30);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThreadsNeedNoLimit() {
    properties.put("spring.threads.virtual.enabled", "true");
    assertThat(waiting(true)).isEqualTo(CALLS);
    properties.put("spring.threads.virtual.enabled", "false");
    assertThat(waiting(true)).isEqualTo(100);
  }

  /** Spring ignores the property there. */
  @Test
  @EnabledOnJre(JRE.JAVA_17)
  void withoutVirtualThreadsInTheJdkTheLimitRemains() {
    properties.put("spring.threads.virtual.enabled", "true");
    assertThat(waiting(true)).isEqualTo(100);
  }
}
