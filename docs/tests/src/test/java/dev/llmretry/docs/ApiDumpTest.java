package dev.llmretry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.LlmRetry;
import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.gax.GaxRetry;
import dev.llmretry.guava.GuavaRetry;
import dev.llmretry.kotlin.CoroutineClock;
import dev.llmretry.micrometer.RetryMeters;
import dev.llmretry.opentelemetry.RetryTracing;
import dev.llmretry.reactor.ReactorRetry;
import dev.llmretry.redis.RedisUpstreamStore;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.rxjava3.RxRetry;
import dev.llmretry.simulator.Simulation;
import dev.llmretry.spring.RetryingBean;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The public API of each artifact, as {@code javap} prints it, is tracked in {@code docs/api}.
 * After an intended change, run this test with {@code -Dapi.update=true} and review the difference.
 */
class ApiDumpTest {

  private enum Artifact {
    LLMRETRY_SPRING_BOOT_STARTER(RetryingBean.class),
    RETRY_ANNOTATIONS(LlmRetry.class),
    RETRY_ASPECTJ(AspectJRetries.class),
    RETRY_GAX(GaxRetry.class),
    RETRY_GUAVA(GuavaRetry.class),
    RETRY_KOTLIN(CoroutineClock.class),
    RETRY_MICROMETER(RetryMeters.class),
    RETRY_OPENTELEMETRY(RetryTracing.class),
    RETRY_REACTOR(ReactorRetry.class),
    RETRY_REDIS(RedisUpstreamStore.class),
    RETRY_RUNTIME(RetryRuntime.class),
    RETRY_RXJAVA3(RxRetry.class),
    RETRY_SIMULATOR(Simulation.class),
    RETRY_TESTING(VirtualBackoffClock.class);

    private final Class<?> member;

    Artifact(Class<?> member) {
      this.member = member;
    }

    Path location() {
      try {
        return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    String file() {
      return "docs/api/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".txt";
    }
  }

  @ParameterizedTest
  @EnumSource
  void theApiIsTheTrackedOne(Artifact artifact) throws IOException {
    String api = dump(artifact);
    if (Boolean.getBoolean("api.update")) {
      Path file = Repository.ROOT.resolve(artifact.file());
      Files.createDirectories(file.getParent());
      Files.writeString(file, api);
    }
    assertThat(api)
        .as("the public API, which %s tracks; -Dapi.update=true rewrites that", artifact.file())
        .isEqualTo(Repository.read(artifact.file()));
  }

  private static String dump(Artifact artifact) {
    List<String> classes = classes(artifact.location());
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    Stream<String> options =
        Stream.of("-protected", "-classpath", artifact.location() + File.pathSeparator);
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    int exit = javap.run(out, out, Stream.concat(options, classes.stream()).toArray(String[]::new));
    assertThat(exit).as(printed.toString()).isZero();
    return declarations(printed.toString())
        .filter(ApiDumpTest::isPublic)
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** Returns the names of the classes that are not internal. */
  private static List<String> classes(Path location) {
    try {
      if (Files.isDirectory(location)) {
        return classesIn(location);
      }
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + location.toUri()), java.util.Map.of())) {
        return classesIn(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> classesIn(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("/internal/"))
          .filter(file -> !file.endsWith("-info.class") && !file.startsWith("META-INF"))
          .map(file -> file.replaceAll("\\.class$", "").replace('/', '.'))
          .sorted()
          .toList();
    }
  }

  /** Each ends with a closing brace in a line of its own. */
  private static Stream<String> declarations(String printed) {
    return Stream.of(printed.replaceAll("(?m)^Compiled from .*\\R", "").split("(?<=\\n}\\n)"));
  }

  private static boolean isPublic(String declaration) {
    return declaration.startsWith("public ") || declaration.startsWith("protected ");
  }
}
