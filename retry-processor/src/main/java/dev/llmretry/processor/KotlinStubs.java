package dev.llmretry.processor;

import javax.lang.model.element.TypeElement;

/** Recognises what Kotlin adds to the Java view of its sources. */
final class KotlinStubs {

  private KotlinStubs() {}

  /**
   * Returns whether a type is the class in which Kotlin puts the bodies of an interface's default
   * methods. It repeats their annotations.
   */
  static boolean isDefaultImpls(TypeElement type) {
    return type.getSimpleName().contentEquals("DefaultImpls")
        && type.getEnclosingElement() instanceof TypeElement outer
        && outer.getKind().isInterface()
        && (isKotlin(type) || isKotlin(outer));
  }

  private static boolean isKotlin(TypeElement type) {
    return type.getAnnotationMirrors().stream()
        .anyMatch(
            mirror ->
                mirror.getAnnotationType().asElement() instanceof TypeElement annotation
                    && annotation.getQualifiedName().contentEquals("kotlin.Metadata"));
  }
}
