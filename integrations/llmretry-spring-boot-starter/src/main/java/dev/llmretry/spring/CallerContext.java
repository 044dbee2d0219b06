package dev.llmretry.spring;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.MDC;
import org.springframework.util.ClassUtils;

/**
 * Supplies each call with an executor whose tasks have the caller's context: the diagnostic context
 * of the logger, and, with Micrometer's context-propagation, all thread locals that are registered
 * there. Safe for use by several threads.
 */
final class CallerContext implements Supplier<Executor> {

  private final Executor pool;
  private final List<Supplier<UnaryOperator<Runnable>>> captures = new ArrayList<>();

  CallerContext(Executor pool) {
    this.pool = pool;
    ClassLoader loader = CallerContext.class.getClassLoader();
    if (ClassUtils.isPresent("org.slf4j.MDC", loader)) {
      captures.add(new Diagnostic());
    }
    if (ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory", loader)) {
      captures.add(new Registered());
    }
  }

  @Override
  public Executor get() {
    List<UnaryOperator<Runnable>> contexts = captures.stream().map(Supplier::get).toList();
    return task -> {
      Runnable inContext = task;
      for (UnaryOperator<Runnable> context : contexts) {
        inContext = context.apply(inContext);
      }
      pool.execute(inContext);
    };
  }

  /** The diagnostic context of the logger. */
  private static final class Diagnostic implements Supplier<UnaryOperator<Runnable>> {

    @Override
    public UnaryOperator<Runnable> get() {
      Map<String, String> callers = MDC.getCopyOfContextMap();
      return task ->
          () -> {
            Map<String, String> previous = MDC.getCopyOfContextMap();
            set(callers);
            try {
              task.run();
            } finally {
              set(previous);
            }
          };
    }

    @SuppressWarnings("NullAway") // SLF4J documents that the map may be null
    private static void set(Map<String, String> context) {
      if (context == null) {
        MDC.clear();
      } else {
        MDC.setContextMap(context);
      }
    }
  }

  /** Propagates the thread locals that are registered with context-propagation. */
  private static final class Registered implements Supplier<UnaryOperator<Runnable>> {

    private final ContextSnapshotFactory factory = ContextSnapshotFactory.builder().build();

    @Override
    public UnaryOperator<Runnable> get() {
      ContextSnapshot callers = factory.captureAll();
      return callers::wrap;
    }
  }
}
