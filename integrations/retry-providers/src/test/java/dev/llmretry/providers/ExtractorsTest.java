package dev.llmretry.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.rules.NoReflection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for all extractors. */
class ExtractorsTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.llmretry.providers");

  private static Stream<JavaClass> extractors() {
    return CLASSES.stream().filter(c -> c.isAssignableTo(FailureExtractor.class));
  }

  @Test
  void eachIsAService() {
    List<String> services =
        ServiceLoader.load(FailureExtractor.class).stream()
            .map(provider -> provider.type().getName())
            .toList();
    assertThat(services)
        .containsExactlyInAnyOrderElementsOf(extractors().map(JavaClass::getName).toList());
  }

  @Test
  void noOtherClassIsPublic() {
    assertThat(CLASSES.stream().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC)))
        .containsExactlyInAnyOrderElementsOf(extractors().toList());
  }

  @Test
  void noneReflects() {
    NoReflection.check(CLASSES);
  }

  /** A method reference is linked before it is called: where nothing guards it. */
  @Test
  void noneRefersToAMethodOfAnSdk() {
    assertThat(
            CLASSES.stream()
                .flatMap(c -> c.getMethodReferencesFromSelf().stream())
                .map(reference -> reference.getTargetOwner().getPackageName()))
        .allMatch(name -> name.startsWith("java.") || name.startsWith("dev.llmretry."));
  }
}
