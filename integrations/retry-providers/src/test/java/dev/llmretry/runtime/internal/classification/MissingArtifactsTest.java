package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.classification.FailureExtractor;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The runtime knows which exceptions this artifact reads, to say so where it is missing. */
class MissingArtifactsTest {

  @Test
  void allExceptionsThatAreReadAreListed() {
    Set<String> read =
        ServiceLoader.load(FailureExtractor.class).stream()
            .flatMap(provider -> provider.get().exceptionClasses().stream())
            .collect(Collectors.toSet());
    assertThat(MissingArtifacts.READ_BY.get("retry-providers")).isEqualTo(read);
  }
}
