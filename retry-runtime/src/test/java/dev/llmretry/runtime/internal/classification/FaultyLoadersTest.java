package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Class loaders of containers, which throw what they like once their application has stopped. */
@ExtendWith(QuietLog.class)
class FaultyLoadersTest {

  @Test
  void aLoaderThatHasStoppedFindsNoExtractors() {
    ClassLoader stopped =
        new ClassLoader(null) {
          @Override
          public Enumeration<URL> getResources(String name) {
            throw new IllegalStateException("stopped");
          }
        };
    assertThat(Extractors.load(stopped).matching(new IOException())).isEmpty();
  }

  @Test
  void aProviderThatCannotBeLoadedLeavesTheOthers(@TempDir Path directory) throws IOException {
    Path services = directory.resolve("services");
    Files.write(
        services,
        List.of(Unloadable.class.getName(), Loadable.class.getName()),
        StandardCharsets.UTF_8);
    URL providers = services.toUri().toURL();
    ClassLoader loader =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) {
            return Collections.enumeration(List.of(providers));
          }

          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Unloadable.class.getName())) {
              throw new IllegalStateException("stopped");
            }
            return super.loadClass(name, resolve);
          }
        };
    assertThat(Extractors.load(loader).matching(new IOException())).hasSize(1);
  }

  /** A provider whose class cannot be loaded. */
  public static final class Unloadable extends Loadable {}

  /** A provider for the service loader. */
  public static class Loadable implements FailureExtractor {

    @Override
    public Set<String> exceptionClasses() {
      return Set.of(IOException.class.getName());
    }

    @Override
    public FailureFacts extract(Throwable error) {
      return null;
    }
  }
}
