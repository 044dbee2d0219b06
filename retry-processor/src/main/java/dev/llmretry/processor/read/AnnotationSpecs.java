package dev.llmretry.processor.read;

import com.palantir.javapoet.AnnotationSpec;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Converts annotations on types to source code. */
final class AnnotationSpecs {

  /** JavaPoet breaks the line at these characters, which it does not escape. */
  private static final Pattern LINE_SEPARATOR = Pattern.compile("[\\u2028\\u2029]");

  private final Accessibility accessibility;

  AnnotationSpecs(Accessibility accessibility) {
    this.accessibility = accessibility;
  }

  /**
   * Returns the annotations that can be written in the generated class. The others are dropped; if
   * they are invalid, the compiler reports them where they are declared.
   */
  List<AnnotationSpec> of(List<? extends AnnotationMirror> mirrors) {
    // The Eclipse compiler adds a type variable's annotations to those of a type argument.
    return mirrors.stream().filter(this::isPrintable).map(AnnotationSpec::get).distinct().toList();
  }

  /**
   * Returns the annotations of a type that can be written there. A library may have been compiled
   * with another version of an annotation, which could stand on types.
   */
  List<AnnotationSpec> ofType(TypeMirror type) {
    return of(type.getAnnotationMirrors().stream().filter(AnnotationSpecs::isForTypes).toList());
  }

  private static boolean isForTypes(AnnotationMirror mirror) {
    Target target = mirror.getAnnotationType().asElement().getAnnotation(Target.class);
    return target != null && List.of(target.value()).contains(ElementType.TYPE_USE);
  }

  private boolean isPrintable(AnnotationMirror mirror) {
    return isPrintable(mirror.getAnnotationType())
        && mirror.getElementValues().values().stream().allMatch(this::isPrintable);
  }

  private boolean isPrintable(AnnotationValue annotationValue) {
    Object value = annotationValue.getValue();
    if (value instanceof List<?> list) {
      return list.stream().allMatch(item -> isPrintable((AnnotationValue) item));
    }
    if (value instanceof AnnotationMirror mirror) {
      return isPrintable(mirror);
    }
    if (value instanceof TypeMirror type) {
      return isPrintable(type);
    }
    if (value instanceof VariableElement constant) {
      return isPrintable(constant.asType());
    }
    if (value instanceof String text) {
      return !LINE_SEPARATOR.matcher(text).find();
    }
    // Infinity and NaN have no literals.
    boolean isFraction = value instanceof Double || value instanceof Float;
    return !isFraction || Double.isFinite(((Number) value).doubleValue());
  }

  private boolean isPrintable(TypeMirror type) {
    return switch (type.getKind()) {
      case ERROR -> false;
      case DECLARED -> accessibility.isAccessible((TypeElement) ((DeclaredType) type).asElement());
      case ARRAY -> isPrintable(((ArrayType) type).getComponentType());
      default -> true;
    };
  }
}
