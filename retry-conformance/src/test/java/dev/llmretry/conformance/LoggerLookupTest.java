package dev.llmretry.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A logging backend that cannot be used changes nothing. A JVM has one, so each runs in its own.
 */
class LoggerLookupTest {

  @ParameterizedTest
  @CsvSource({
    "java.lang.NoClassDefFoundError, 1",
    "java.lang.NoClassDefFoundError, 1000000",
    "java.lang.StackOverflowError, 1",
    "java.lang.AssertionError, 1000000",
  })
  void aLoggerThatCannotBeObtainedDoesNotEndACall(
      String error, int failures, @TempDir Path services) throws Exception {
    Path service = services.resolve("META-INF/services/java.lang.System$LoggerFinder");
    Files.createDirectories(service.getParent());
    Files.writeString(service, FailingLoggerFinder.class.getName());
    Set<String> classPath = new LinkedHashSet<>();
    classPath.add(services.toString());
    for (Class<?> type :
        new Class<?>[] {
          FailureKind.class,
          RetryRuntime.class,
          VirtualBackoffClock.class,
          ProviderError.class,
          LoggerLookupTest.class,
        }) {
      classPath.add(locationOf(type));
    }
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--class-path",
                String.join(File.pathSeparator, classPath),
                Calls.class.getName(),
                error,
                "" + failures)
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertThat(java.waitFor()).as(output).isZero();
    assertThat(output.lines())
        .containsExactly(
            "BLOCKING ok",
            "FUTURE ok",
            "PLAIN_FUTURE ok",
            "PUBLISHER ok",
            "CALLBACK ok",
            "logged " + (failures == 1));
  }

  private static String locationOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Makes calls that fail twice, with each driver. */
  static final class Calls {

    private static final RetryPolicy POLICY = RetryPolicy.builder("call").maxRetries(3).build();

    public static void main(String[] arguments) throws Exception {
      FailingLoggerFinder.failure =
          (Error) Class.forName(arguments[0]).getConstructor().newInstance();
      FailingLoggerFinder.failures = Integer.parseInt(arguments[1]);
      for (RuntimeDriver driver : RuntimeDriver.values()) {
        System.out.println(driver + " " + resultOf(driver));
      }
      System.out.println("logged " + (FailingLoggerFinder.logged > 0));
    }

    private static String resultOf(RuntimeDriver driver) {
      VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
      RetryRuntime runtime = RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
      int[] attempts = {0};
      CompletableFuture<String> call =
          driver.call(
              runtime,
              POLICY,
              CancellationToken.none(),
              attempt -> {
                if (++attempts[0] < 3) {
                  throw new IOException(new ProviderError(FailureKind.OVERLOADED));
                }
                return "ok";
              });
      clock.advanceUntil(call::isDone, Duration.ZERO);
      return call.handle((result, error) -> error == null ? result : error.toString()).join();
    }
  }
}
