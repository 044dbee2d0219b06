package dev.llmretry.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime reflects in one place, and the rule would notice another. */
class NoReflectionTest {

  /** Initializes the companion of a woven class, which registers itself. */
  private static final String LOOKS_UP_COMPANIONS = "dev.llmretry.runtime.aspectj.WovenClass";

  @Test
  void theRuntimeDoesNotReflect() {
    NoReflection.check(
        RuntimeClasses.ALL.that(
            DescribedPredicate.not(
                DescribedPredicate.describe(
                    "looks up companions",
                    (JavaClass c) -> c.getName().equals(LOOKS_UP_COMPANIONS)))));
  }

  @Test
  void companionsAreLookedUpInOnePlace() {
    assertThat(RuntimeClasses.ALL.get(LOOKS_UP_COMPANIONS).getMethodCallsFromSelf())
        .filteredOn(call -> call.getTargetOwner().isEquivalentTo(Class.class))
        .extracting(call -> call.getTarget().getName())
        .filteredOn(name -> !name.startsWith("get"))
        .containsExactly("forName");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {FindsAClass.class, FindsAMethod.class, RefersToIt.class, UsesAHandle.class})
  void theRuleNotices(Class<?> reflecting) {
    JavaClasses classes = new ClassFileImporter().importClasses(reflecting);
    assertThatThrownBy(() -> NoReflection.check(classes))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(reflecting.getName());
  }

  private static final class FindsAClass {
    Class<?> find() throws ClassNotFoundException {
      return Class.forName("java.lang.String");
    }
  }

  private static final class FindsAMethod {
    Object find() throws ReflectiveOperationException {
      return String.class.getMethod("length").invoke("");
    }
  }

  private static final class RefersToIt {
    Supplier<Object> find() {
      return String.class::getMethods;
    }
  }

  private static final class UsesAHandle {
    Object find() throws ReflectiveOperationException {
      return MethodHandles.lookup().findClass("java.lang.String");
    }
  }
}
