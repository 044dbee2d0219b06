package dev.llmretry.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.llmretry.ResultCheck;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.rules.NoReflection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for all extractors, and for the preambles and checks. */
class ExtractorsTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.llmretry.providers");

  private static final String EXTRACTORS = "dev.llmretry.providers";
  private static final String PREAMBLES = "dev.llmretry.providers.preamble";
  private static final String CHECKS = "dev.llmretry.providers.check";

  private static Stream<JavaClass> aroundExtractors() {
    return CLASSES.stream().filter(c -> c.getPackageName().equals(EXTRACTORS));
  }

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
    assertThat(aroundExtractors().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC)))
        .containsExactlyInAnyOrderElementsOf(extractors().toList());
  }

  @Test
  void generatedCodeCanInstantiateEachPreamble() {
    List<JavaClass> preambles =
        CLASSES.stream()
            .filter(c -> c.getPackageName().equals(PREAMBLES) && c.isTopLevelClass())
            .filter(c -> !c.isInterface())
            .toList();
    assertThat(preambles)
        .hasSize(6)
        .allMatch(c -> c.isAssignableTo(Predicate.class))
        .allMatch(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
        .allMatch(c -> c.getConstructor().getModifiers().contains(JavaModifier.PUBLIC));
  }

  @Test
  void generatedCodeCanInstantiateEachCheck() {
    List<JavaClass> checks =
        CLASSES.stream()
            .filter(c -> c.getPackageName().equals(CHECKS) && c.isTopLevelClass())
            .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
            .toList();
    assertThat(checks)
        .hasSize(11)
        .allMatch(c -> c.isAssignableTo(ResultCheck.class))
        .allMatch(c -> c.getConstructor().getModifiers().contains(JavaModifier.PUBLIC));
  }

  @Test
  void noneReflects() {
    NoReflection.check(CLASSES);
  }

  /** A method reference is linked before it is called: where nothing guards it. */
  @Test
  void noneRefersToAMethodOfAnSdk() {
    assertThat(
            aroundExtractors()
                .flatMap(c -> c.getMethodReferencesFromSelf().stream())
                .map(reference -> reference.getTargetOwner().getPackageName()))
        .allMatch(name -> name.startsWith("java.") || name.startsWith("dev.llmretry."));
  }
}
