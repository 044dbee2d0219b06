package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.FuturePublisher;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A call in flight ends whatever goes wrong in the runtime itself: here, classes cannot be loaded
 * any more, as after the class loader of an application has been closed.
 */
@Tag("costly")
@ExtendWith(QuietLog.class)
class UnloadableClassesTest {

  enum Driver {
    PLAIN_FUTURE,
    FUTURE,
    PUBLISHER,
    CALLBACK
  }

  enum Event {
    FAILS,
    FAILS_FOR_GOOD,
    SUCCEEDS,
    TIMES_OUT,
    TOKEN_IS_CANCELLED,
    FUTURE_IS_CANCELLED
  }

  @ParameterizedTest
  @EnumSource
  void aCallEndsThoughNoFurtherClassCanBeLoaded(Driver driver) throws Exception {
    Map<Event, String> outcomes = new TreeMap<>();
    for (Event event : Event.values()) {
      outcomes.put(event, play(new Loader(null), driver, event));
    }
    assertThat(outcomes).allSatisfy((event, outcome) -> assertThat(outcome).startsWith("ended"));
  }

  @ParameterizedTest
  @EnumSource(names = "FUTURE")
  void aCallEndsThoughOneClassCannotBeLoaded(Driver driver) throws Exception {
    playWithoutEachClass(driver);
  }

  @ParameterizedTest
  @EnumSource(names = "FUTURE", mode = Mode.EXCLUDE)
  @Tag("matrix")
  void aCallOfAnotherKindEndsThoughOneClassCannotBeLoaded(Driver driver) throws Exception {
    playWithoutEachClass(driver);
  }

  private static void playWithoutEachClass(Driver driver) throws Exception {
    Map<String, String> open = new TreeMap<>();
    for (Event event : Event.values()) {
      var recording = new Loader("none");
      assertThat(play(recording, driver, event)).startsWith("ended");
      for (String name : recording.loadedLate) {
        String outcome = play(new Loader(name), driver, event);
        if (!outcome.startsWith("ended")) {
          open.put(event + " without " + name, outcome);
        }
      }
    }
    assertThat(open).isEmpty();
  }

  private static String play(Loader loader, Driver driver, Event event) throws Exception {
    Class<?> scene = loader.loadClass(Scene.class.getName());
    @SuppressWarnings("unchecked") // it is a UnaryOperator<String> of the JDK
    var play = (UnaryOperator<String>) scene.getConstructor(Runnable.class).newInstance(loader);
    return play.apply(driver + " " + event);
  }

  /** Loads the classes of the project anew, until it is run; then all but those of the runtime. */
  private static final class Loader extends ClassLoader implements Runnable {

    private final String missing;
    private final Set<String> loadedLate = new LinkedHashSet<>();
    private boolean late;

    /**
     * Creates a loader.
     *
     * @param missing the class that cannot be loaded late; null for all
     */
    Loader(String missing) {
      super(UnloadableClassesTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    public void run() {
      late = true;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.llmretry.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      if (late && name.startsWith("dev.llmretry.runtime.")) {
        loadedLate.add(name);
        if (missing == null || missing.equals(name)) {
          throw new ClassNotFoundException(name);
        }
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** A call with one attempt in flight, to which something happens. */
  public static final class Scene
      implements UnaryOperator<String>, RetryListener, CancellationToken {

    private static final RetryPolicy TIMED =
        RetryPolicy.builder("call").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    private static final RetryPolicy UNTIMED = RetryPolicy.builder("call").maxRetries(1).build();

    private final Runnable closing;
    private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
    private final List<Runnable> onCancel = new ArrayList<>();
    private boolean cancelled;
    private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
    private final IOException unknown = new IOException("unknown");
    private final CompletableFuture<String> stage = new CompletableFuture<>();
    private final RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(clock)
            .executor(Runnable::run)
            .token(this)
            .listener(this)
            .build();

    /** Creates a scene; {@code closing} keeps further classes from being loaded. */
    public Scene(Runnable closing) {
      this.closing = closing;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
      onCancel.add(action);
      return () -> onCancel.remove(action);
    }

    @Override
    public String apply(String driverAndEvent) {
      String[] names = driverAndEvent.split(" ");
      Event event = Event.valueOf(names[1]);
      RetryPolicy policy = event == Event.TIMES_OUT ? TIMED : UNTIMED;
      CompletableFuture<String> call = begin(Driver.valueOf(names[0]), policy);
      closing.run();
      Throwable thrown = null;
      while (!call.isDone()) {
        try {
          happen(event, call);
          clock.advanceUntil(call::isDone, Duration.ZERO);
        } catch (IllegalStateException e) { // there is nothing to advance to
          return "open after " + thrown;
        } catch (Throwable e) {
          thrown = e;
        }
      }
      return "ended with " + call.handle((result, error) -> error == null ? result : error).join();
    }

    private CompletableFuture<String> begin(Driver driver, RetryPolicy policy) {
      return switch (driver) {
        case PLAIN_FUTURE -> FutureRetry.call(runtime, policy, () -> stage);
        case FUTURE -> AsyncRetry.call(runtime, policy, attempt -> stage);
        case PUBLISHER ->
            FuturePublisher.last(
                PublisherRetry.call(runtime, policy, attempt -> new FuturePublisher(() -> stage)));
        case CALLBACK -> callback(policy);
      };
    }

    private CompletableFuture<String> callback(RetryPolicy policy) {
      var future = new CompletableFuture<String>();
      CallbackRetry.call(
          runtime,
          policy,
          null,
          future::completeExceptionally,
          attempt ->
              stage.whenComplete(
                  (result, error) -> {
                    if (error == null) {
                      attempt.completed(() -> future.complete(result));
                    } else {
                      attempt.failed(error);
                    }
                  }));
      return future;
    }

    private void happen(Event event, CompletableFuture<String> call) {
      switch (event) {
        case FAILS -> stage.completeExceptionally(overloaded);
        case FAILS_FOR_GOOD -> stage.completeExceptionally(unknown);
        case SUCCEEDS -> stage.complete("ok");
        case TIMES_OUT -> clock.advance(Duration.ofSeconds(1));
        case TOKEN_IS_CANCELLED -> {
          cancelled = true;
          List.copyOf(onCancel).forEach(Runnable::run);
        }
        case FUTURE_IS_CANCELLED -> call.cancel(true);
      }
    }
  }
}
