package dev.llmretry.aspectj;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.llmretry.runtime.rules.NoReflection;
import org.junit.jupiter.api.Test;

class ReflectionTest {

  /** Initializes the companion of a woven class, which registers itself. */
  private static final String LOOKS_UP_COMPANIONS = "dev.llmretry.aspectj.WovenClass";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/retry-runtime"))
          .importPackages("dev.llmretry.aspectj");

  @Test
  void nothingElseReflects() {
    NoReflection.check(
        ALL.that(
            DescribedPredicate.not(
                DescribedPredicate.describe(
                    "looks up companions",
                    (JavaClass c) -> c.getName().equals(LOOKS_UP_COMPANIONS)))));
  }

  @Test
  void companionsAreLookedUpInOnePlace() {
    assertThat(ALL.get(LOOKS_UP_COMPANIONS).getMethodCallsFromSelf())
        .filteredOn(call -> call.getTargetOwner().isEquivalentTo(Class.class))
        .extracting(call -> call.getTarget().getName())
        .filteredOn(name -> !name.startsWith("get"))
        .containsExactly("forName");
  }

  @Test
  void onlyAspectJIsNeeded() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.llmretry..", "org.jspecify..", "org.aspectj..")
        .check(ALL);
  }
}
