package dev.llmretry.runtime.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime does not use reflection, and the rule would notice if it did. */
class NoReflectionTest {

  @Test
  void theRuntimeDoesNotReflect() {
    NoReflection.check(RuntimeClasses.ALL);
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
