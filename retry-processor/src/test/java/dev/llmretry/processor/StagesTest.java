package dev.llmretry.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Each stage knows only what comes before it. */
class StagesTest {

  private static final String ROOT = "dev.llmretry.processor";

  private final JavaClasses processor =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void theModelKnowsNoStage() {
    noClasses()
        .that()
        .resideInAPackage("..model")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..read", "..check", "..write", ROOT)
        .check(processor);
  }

  @Test
  void stagesKnowTheModelAndNotEachOther() {
    slices()
        .matching(ROOT + ".(read|check|write)")
        .should()
        .notDependOnEachOther()
        .check(processor);
  }

  @Test
  void afterReadingNobodyLooksAtElements() {
    classes()
        .that()
        .resideInAPackage("..check")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("javax.lang.model..")
        .check(processor);
  }
}
