package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import dev.llmretry.runtime.classification.FailureInfo;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExtractorsTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  @SuppressWarnings("serial")
  private static class SdkException extends RuntimeException {
    SdkException() {}

    SdkException(Throwable cause) {
      super(cause);
    }
  }

  @SuppressWarnings("serial")
  private static class SpecificSdkException extends SdkException {}

  private record Lambda(Set<String> exceptionClasses, Function<Throwable, FailureInfo> body)
      implements FailureExtractor {
    @Override
    public FailureInfo extract(Throwable error) {
      return body.apply(error);
    }
  }

  @Test
  void anExtractorIsAskedAboutItsClassesAndTheirSubclassesOnly() {
    List<Throwable> asked = new ArrayList<>();
    FailureExtractor extractor =
        new Lambda(
            Set.of(SdkException.class.getName()),
            error -> {
              asked.add(error);
              return FailureFacts.builder()
                  .statusCode(503)
                  .headers(Map.of("retry-after", List.of("2")))
                  .build();
            });
    StandardClassifier classifier = new StandardClassifier(List.of(extractor));
    SpecificSdkException known = new SpecificSdkException();
    Failure failure = classifier.classify(new IllegalStateException(known), InstantSource.system());
    assertThat(failure)
        .isEqualTo(new Failure(FailureKind.OVERLOADED, Duration.ofSeconds(2), 503, "HTTP 503"));
    assertThat(asked).containsExactly(known);
  }

  @Test
  void theExtractorOfTheMoreSpecificClassIsAskedFirst() {
    StandardClassifier classifier =
        new StandardClassifier(
            List.of(
                new Lambda(Set.of(SdkException.class.getName()), e -> status(401)),
                new Lambda(Set.of(SpecificSdkException.class.getName()), e -> status(503))));
    assertThat(kind(classifier, new SpecificSdkException())).isEqualTo(FailureKind.OVERLOADED);
    assertThat(kind(classifier, new SdkException())).isEqualTo(FailureKind.UNAUTHORIZED);
  }

  @Test
  void anExtractorWithNothingToSayLeavesItToTheNextAndToTheCause() {
    Set<String> names = Set.of(SdkException.class.getName());
    StandardClassifier classifier =
        new StandardClassifier(
            List.of(
                new Lambda(names, e -> null),
                new Lambda(names, e -> status(0)),
                new Lambda(names, e -> e.getCause() == null ? status(429) : null)));
    assertThat(kind(classifier, new SdkException())).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(kind(classifier, new SdkException(new IOException())))
        .isEqualTo(FailureKind.NETWORK);
  }

  @Test
  void aFailureThatAnExtractorReturnsIsFinal() {
    Set<String> names = Set.of(SdkException.class.getName());
    var overloaded = new Failure(FailureKind.OVERLOADED, Duration.ofSeconds(2), 200, "busy");
    StandardClassifier classifier =
        new StandardClassifier(
            List.of(new Lambda(names, e -> overloaded), new Lambda(names, e -> status(401))));
    assertThat(
            classifier.classify(
                new SdkException(new KnownError(FailureKind.UNAUTHORIZED)), InstantSource.system()))
        .isSameAs(overloaded);
  }

  @Test
  void aFailureFromAnExtractorTakesDelayAndStatusThatItLacksFromTheCause() {
    Failure timeout = Failure.of(FailureKind.TIMEOUT, "too slow");
    StandardClassifier classifier =
        new StandardClassifier(
            List.of(new Lambda(Set.of(SdkException.class.getName()), e -> timeout)));
    var cause = new KnownError(FailureKind.NETWORK, Duration.ofSeconds(3), null);
    assertThat(classifier.classify(new SdkException(cause), InstantSource.system()))
        .isEqualTo(new Failure(FailureKind.TIMEOUT, Duration.ofSeconds(3), 0, "too slow"));
  }

  @Test
  void anUnknownFailureFromAnExtractorLeavesTheKindToOthers() {
    Set<String> names = Set.of(SdkException.class.getName());
    var unknown = new Failure(FailureKind.UNKNOWN, Duration.ofSeconds(2), 0, "no idea");
    StandardClassifier alone = new StandardClassifier(List.of(new Lambda(names, e -> unknown)));
    assertThat(alone.classify(new SdkException(new IOException("gone")), InstantSource.system()))
        .extracting(Failure::kind, Failure::retryAfter)
        .containsExactly(FailureKind.NETWORK, Duration.ofSeconds(2));
    StandardClassifier withAnother =
        new StandardClassifier(
            List.of(new Lambda(names, e -> unknown), new Lambda(names, e -> status(503))));
    assertThat(withAnother.classify(new SdkException(), InstantSource.system()))
        .isEqualTo(new Failure(FailureKind.OVERLOADED, Duration.ofSeconds(2), 503, "HTTP 503"));
  }

  @Test
  void anExtractorsExceptionsAndLinkageErrorsAreLoggedOnceAndSayNothing() {
    Set<String> names = Set.of(SdkException.class.getName());
    StandardClassifier classifier =
        new StandardClassifier(
            List.of(
                new Lambda(
                    names,
                    e -> {
                      throw new NoSuchMethodError("statusCode");
                    }),
                new Lambda(
                    names,
                    e -> {
                      throw new IllegalStateException();
                    }),
                new Lambda(names, e -> status(429))));
    for (int i = 0; i < 3; i++) {
      assertThat(kind(classifier, new SdkException())).isEqualTo(FailureKind.RATE_LIMITED);
    }
    assertThat(log.lines()).hasSize(2).allMatch(record -> record.getLevel() == Level.WARNING);
  }

  private record Naming(Set<String> exceptionClasses) implements FailureExtractor {
    @Override
    public FailureInfo extract(Throwable error) {
      return status(401);
    }
  }

  @Test
  void anExtractorThatDoesNotNameItsClassesIsLeftOut() {
    FailureExtractor throwing =
        new FailureExtractor() {
          @Override
          public Set<String> exceptionClasses() {
            throw new NoClassDefFoundError("Sdk");
          }

          @Override
          public FailureFacts extract(Throwable error) {
            throw new AssertionError();
          }
        };
    Set<String> withNull = new HashSet<>(Arrays.asList((String) null));
    StandardClassifier classifier =
        new StandardClassifier(
            List.of(
                throwing,
                new Lambda(null, e -> status(401)),
                new Naming(withNull),
                new Lambda(Set.of(SdkException.class.getName()), e -> status(429))));
    assertThat(kind(classifier, new SdkException())).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(log.lines()).hasSize(3);
  }

  /** A provider for the service loader. */
  public static final class Good implements FailureExtractor {
    @Override
    public Set<String> exceptionClasses() {
      return Set.of(SdkException.class.getName());
    }

    @Override
    public FailureFacts extract(Throwable error) {
      return status(429);
    }
  }

  /** A provider that cannot be made. */
  public static final class Broken implements FailureExtractor {
    /** Fails. */
    public Broken() {
      throw new NoClassDefFoundError("sdk/Missing");
    }

    @Override
    public Set<String> exceptionClasses() {
      return Set.of();
    }

    @Override
    public FailureFacts extract(Throwable error) {
      return null;
    }
  }

  @Test
  void brokenProvidersAreLoggedAndTheOthersLoaded(@TempDir Path directory) throws Exception {
    Path services =
        directory.resolve("META-INF/services").resolve(FailureExtractor.class.getName());
    Files.createDirectories(services.getParent());
    Files.write(
        services,
        List.of(
            "no.such.Provider",
            Broken.class.getName(),
            getClass().getName(),
            Good.class.getName()));
    URL[] urls = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      Extractors extractors = Extractors.load(loader);
      assertThat(extractors.matching(new SdkException())).containsExactly(0);
      assertThat(extractors.matching(new IOException())).isEmpty();
    }
    assertThat(log.lines()).hasSize(3).allMatch(record -> record.getLevel() == Level.WARNING);
  }

  @Test
  void aLoaderThatFailsForEverEndsTheSearch() {
    ClassLoader failing =
        new ClassLoader(null) {
          @Override
          public Class<?> loadClass(String name) {
            throw new NoClassDefFoundError(name);
          }

          @Override
          public java.util.Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("gone");
          }
        };
    assertThat(Extractors.load(failing).matching(new SdkException())).isEmpty();
    assertThat(log.lines()).isNotEmpty();
  }

  private static FailureFacts status(int status) {
    return FailureFacts.builder().statusCode(status).build();
  }

  private static FailureKind kind(StandardClassifier classifier, Throwable error) {
    return classifier.classify(error, InstantSource.system()).kind();
  }
}
