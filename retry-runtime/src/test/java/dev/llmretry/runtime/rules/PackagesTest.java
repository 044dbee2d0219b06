package dev.llmretry.runtime.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

/** The borders between what users call, what generated code calls, and what is internal. */
class PackagesTest {

  @Test
  void internalPackagesDependOnEachOtherInOneDirection() {
    slices()
        .matching("dev.llmretry.runtime.internal.(*)")
        .should()
        .beFreeOfCycles()
        .check(RuntimeClasses.ALL);
  }

  @Test
  void internalPackagesDoNotDependOnWhatIsForGeneratedCode() {
    noClasses()
        .that()
        .resideInAPackage("dev.llmretry.runtime.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.llmretry.runtime.generated")
        .check(RuntimeClasses.ALL);
  }
}
