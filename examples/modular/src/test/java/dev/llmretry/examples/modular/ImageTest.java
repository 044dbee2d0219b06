package dev.llmretry.examples.modular;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.RetryRuntime;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {

  private static final String MODULE = "dev.llmretry.examples.modular";

  @TempDir Path folder;

  @Test
  void imageOfTheModuleRetries() throws Exception {
    Path image = folder.resolve("image");
    link(image);

    assertThat(run(image, "--list-modules"))
        .extracting(line -> line.replaceFirst("@.*", ""))
        .containsExactlyInAnyOrder("java.base", "dev.llmretry", "dev.llmretry.runtime", MODULE);
    assertThat(run(image, "--module", MODULE + "/" + Main.class.getName()))
        .containsExactly(
            "attempt 1: OVERLOADED",
            "attempt 2: OVERLOADED",
            "What is a module? Code with a name, that says what it needs.");
  }

  private static void link(Path image) throws Exception {
    String modulePath =
        Stream.of(Main.class, RetryRuntime.class, LlmRetry.class)
            .map(ImageTest::locationOf)
            .collect(Collectors.joining(File.pathSeparator));
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    int exit =
        jlink.run(
            System.out,
            System.err,
            "--module-path",
            modulePath,
            "--add-modules",
            MODULE,
            "--output",
            image.toString());
    assertThat(exit).isZero();
  }

  private static String locationOf(Class<?> type) {
    URI location = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(location).toString();
  }

  private static List<String> run(Path image, String... arguments) throws Exception {
    String java = image.resolve("bin").resolve("java").toString();
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of(java), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
