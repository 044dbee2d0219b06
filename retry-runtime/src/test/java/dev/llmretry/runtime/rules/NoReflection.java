package dev.llmretry.runtime.rules;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.lang.invoke.MethodHandles;

/**
 * What runs in an application looks nothing up by its name: native images and shrinkers need no
 * list of it, and a debugger shows each call.
 */
public final class NoReflection {

  /** They tell what an object is, and lead to no member. */
  private static final String ALLOWED =
      "getName|getSimpleName|getTypeName|getPackageName|getSuperclass|getInterfaces|isInstance"
          + "|isAssignableFrom|cast|getClassLoader|desiredAssertionStatus|hashCode|equals|toString";

  private static final ArchRule RULE =
      CompositeArchRule.of(
              noClasses()
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage("java.lang.reflect..", "kotlin.reflect.."))
          .and(
              noClasses()
                  .should()
                  .accessTargetWhere(
                      target(owner(type(Class.class)))
                          .and(target(nameMatching("(?!(" + ALLOWED + ")$).*")))))
          .and(
              noClasses()
                  .should()
                  .accessTargetWhere(
                      // A field of its own, for atomic access.
                      target(owner(type(MethodHandles.Lookup.class)))
                          .and(target(nameMatching("(?!findVarHandle$).*")))))
          .and(
              noClasses()
                  .should()
                  .accessTargetWhere(
                      target(owner(type(ClassLoader.class))).and(target(nameMatching("load.*")))));

  private NoReflection() {}

  /**
   * Checks classes.
   *
   * @throws AssertionError if one of them reflects
   */
  public static void check(JavaClasses classes) {
    RULE.check(classes);
  }
}
