package dev.llmretry.runtime.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.assertj.core.api.AssertProvider;
import org.junit.jupiter.api.Test;

/** The runtime needs the JDK alone. Annotations for tools need not be there at run time. */
class NoDependencyTest {

  private static final ArchRule ALONE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "javax.net.ssl..", "jdk.jfr..", "dev.llmretry..", "org.jspecify..");

  @Test
  void theRuntimeNeedsTheJdkAlone() {
    ALONE.check(RuntimeClasses.ALL);
  }

  @Test
  void theRuleNoticesADependency() {
    JavaClasses dependent = new ClassFileImporter().importClasses(Dependent.class);
    assertThatThrownBy(() -> ALONE.check(dependent)).isInstanceOf(AssertionError.class);
  }

  private interface Dependent extends AssertProvider<String> {}
}
