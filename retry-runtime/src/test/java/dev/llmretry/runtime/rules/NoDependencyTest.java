package dev.llmretry.runtime.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.assertj.core.api.AssertProvider;
import org.junit.jupiter.api.Test;

/**
 * The runtime needs the JDK alone. Annotations for tools need not be there at run time, and
 * AspectJ's classes come with what weaves.
 */
class NoDependencyTest {

  private static final String WOVEN = "dev.llmretry.runtime.aspectj..";

  private static final ArchRule ALONE =
      classes()
          .that()
          .resideOutsideOfPackage(WOVEN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax.net.ssl..", "dev.llmretry..", "org.jspecify..");

  private static final ArchRule WITH_WEAVER =
      classes()
          .that()
          .resideInAPackage(WOVEN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.llmretry..", "org.jspecify..", "org.aspectj..");

  @Test
  void theRuntimeNeedsTheJdkAlone() {
    ALONE.check(RuntimeClasses.ALL);
    WITH_WEAVER.check(RuntimeClasses.ALL);
  }

  @Test
  void theRuleNoticesADependency() {
    JavaClasses dependent = new ClassFileImporter().importClasses(Dependent.class);
    assertThatThrownBy(() -> ALONE.check(dependent)).isInstanceOf(AssertionError.class);
  }

  private interface Dependent extends AssertProvider<String> {}
}
