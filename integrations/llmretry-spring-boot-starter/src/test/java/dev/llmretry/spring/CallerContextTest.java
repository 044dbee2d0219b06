package dev.llmretry.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Later attempts have the context of the caller, and leave none behind. */
class CallerContextTest {

  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

  private final List<Runnable> queue = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void clear() {
    MDC.clear();
    TENANT.remove();
    ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
  }

  private void submit() {
    Executor executor = new CallerContext(queue::add).get();
    executor.execute(() -> seen.add(MDC.get("request") + " " + TENANT.get()));
  }

  @Test
  void theDiagnosticContextIsThatOfTheCaller() {
    MDC.put("request", "1");
    submit();
    MDC.put("request", "2");
    submit();
    MDC.put("request", "of the pool");
    queue.forEach(Runnable::run);
    assertThat(seen).containsExactly("1 null", "2 null");
    assertThat(MDC.get("request")).isEqualTo("of the pool");
  }

  @Test
  void aCallerWithoutContextHasNone() {
    MDC.clear();
    submit();
    MDC.put("request", "of the pool");
    queue.forEach(Runnable::run);
    assertThat(seen).containsExactly("null null");
    assertThat(MDC.get("request")).isEqualTo("of the pool");
  }

  @Test
  void registeredThreadLocalsAreThoseOfTheCaller() {
    ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
    TENANT.set("acme");
    submit();
    TENANT.set("of the pool");
    queue.forEach(Runnable::run);
    assertThat(seen).containsExactly("null acme");
    assertThat(TENANT.get()).isEqualTo("of the pool");
  }
}
