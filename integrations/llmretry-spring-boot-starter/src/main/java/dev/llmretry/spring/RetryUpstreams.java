package dev.llmretry.spring;

import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.UpstreamState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The upstreams of an application, for meters and health: its beans, and one for each bean that is
 * wrapped. Safe for use by several threads.
 */
final class RetryUpstreams {

  /** The default of Tomcat and Jetty. */
  private static final int DEFAULT_SERVER_THREADS = 200;

  private final Binder binder;
  private final boolean isServlet;
  private final List<Upstream> all = new CopyOnWriteArrayList<>();
  private final List<Consumer<Upstream>> observers = new CopyOnWriteArrayList<>();

  RetryUpstreams(Environment environment, List<Upstream> beans) {
    this(environment, beans, isServletServer());
  }

  /** For tests: whether or not the application serves requests by a servlet. */
  RetryUpstreams(Environment environment, List<Upstream> beans, boolean isServlet) {
    this.binder = Binder.get(environment);
    this.isServlet = isServlet;
    all.addAll(beans);
  }

  List<Upstream> all() {
    return all;
  }

  /** Passes all upstreams to an observer, those to come too. */
  synchronized void observe(Consumer<Upstream> observer) {
    all.forEach(observer);
    observers.add(observer);
  }

  /** Creates an upstream with the limits of the application. */
  synchronized Upstream create(String name) {
    Upstream.Builder builder = Upstream.builder(name).maxWaiting(maxWaiting());
    binder.bind("llmretry.upstream.max-wait", Duration.class).ifBound(builder::maxWait);
    Upstream created = builder.build();
    all.add(created);
    observers.forEach(observer -> observer.accept(created));
    return created;
  }

  /** Half of the threads that serve requests: the rest can answer, however many calls wait. */
  private int maxWaiting() {
    return binder
        .bind("llmretry.upstream.max-waiting", Integer.class)
        .orElseGet(() -> hasServerThreads() ? Math.max(1, serverThreads() / 2) : Integer.MAX_VALUE);
  }

  private boolean hasServerThreads() {
    boolean virtual =
        binder.bind("spring.threads.virtual.enabled", Boolean.class).orElse(false)
            && Runtime.version().feature() >= 21;
    return !virtual && isServlet;
  }

  private static boolean isServletServer() {
    ClassLoader loader = RetryUpstreams.class.getClassLoader();
    return ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet", loader)
        && ClassUtils.isPresent("jakarta.servlet.Servlet", loader);
  }

  private int serverThreads() {
    return binder
        .bind("server.tomcat.threads.max", Integer.class)
        .orElseGet(
            () ->
                binder
                    .bind("server.jetty.threads.max", Integer.class)
                    .orElse(DEFAULT_SERVER_THREADS));
  }

  /** Returns the state of an upstream, to be shown. */
  static Map<String, Object> describe(Upstream upstream) {
    UpstreamState state = upstream.state();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("closed-for", state.closedFor().toString());
    details.put("rate", Double.isInfinite(state.rate()) ? "unlimited" : state.rate());
    details.put("waiting", state.waiting());
    details.put("held", state.held());
    details.put("budget", state.budget());
    return details;
  }
}
