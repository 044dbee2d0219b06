package dev.llmretry.processor.read;

import com.palantir.javapoet.AnnotationSpec;
import dev.llmretry.processor.model.Names;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/**
 * Selects the annotations of a method that the generated method repeats, so that aspects which
 * match annotations of the executed method, such as Micrometer's {@code @Timed}, find them.
 */
final class CarriedAnnotations {

  /**
   * What has a meaning for the compiler, or is validated to stand on one method of a hierarchy
   * only, as constraints of Jakarta Validation are.
   */
  private static final Set<String> EXCLUDED_PACKAGES =
      Set.of(Names.ANNOTATIONS, "java.lang", "jakarta.validation", "javax.validation");

  private static final Set<String> CONSTRAINTS =
      Set.of("jakarta.validation.Constraint", "javax.validation.Constraint");

  private final ReaderContext context;
  private final AnnotationSpecs specs;

  CarriedAnnotations(ReaderContext context) {
    this.context = context;
    this.specs = new AnnotationSpecs(context.accessibility());
  }

  /** Returns the annotations to repeat of a method that the annotated interface declares. */
  List<AnnotationSpec> of(ExecutableElement method) {
    List<AnnotationSpec> carried = new ArrayList<>();
    if (context.type().equals(method.getEnclosingElement())
        && context.type().getKind().isInterface()) {
      for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
        List<AnnotationSpec> printable =
            isCarried(mirror.getAnnotationType()) ? specs.of(List.of(mirror)) : List.of();
        if (!printable.isEmpty()) {
          note(mirror);
          carried.addAll(printable);
        }
      }
    }
    return carried;
  }

  private boolean isCarried(DeclaredType annotation) {
    TypeElement type = (TypeElement) annotation.asElement();
    Retention retention = type.getAnnotation(Retention.class);
    return retention != null
        && retention.value() == RetentionPolicy.RUNTIME
        && isForMethodsOnly(type.getAnnotation(Target.class))
        && !EXCLUDED_PACKAGES.contains(
            context.elements().getPackageOf(type).getQualifiedName().toString())
        && CONSTRAINTS.stream().allMatch(each -> Mirrors.find(type, each) == null)
        && !RetryAnnotationFinder.isRetryAnnotation(type);
  }

  /** An annotation of types as well is repeated with the return type. */
  private static boolean isForMethodsOnly(@Nullable Target target) {
    List<ElementType> targets =
        target == null ? List.of(ElementType.METHOD) : List.of(target.value());
    return targets.contains(ElementType.METHOD) && !targets.contains(ElementType.TYPE_USE);
  }

  private void note(AnnotationMirror mirror) {
    context.notes().noteType(mirror.getAnnotationType());
    mirror
        .getElementValues()
        .forEach(
            (member, value) -> {
              context.notes().noteDeprecation(member);
              note(value);
            });
  }

  private void note(AnnotationValue annotationValue) {
    Object value = annotationValue.getValue();
    if (value instanceof List<?> list) {
      list.forEach(item -> note((AnnotationValue) item));
    } else if (value instanceof AnnotationMirror mirror) {
      note(mirror);
    } else if (value instanceof DeclaredType type) {
      context.notes().noteType(type);
    } else if (value instanceof VariableElement constant) {
      context.notes().noteDeprecation(constant);
      context.notes().noteType((DeclaredType) constant.asType());
    }
  }
}
