package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Finds {@code @LlmRetry} on elements, direct or as a meta-annotation. */
final class RetryAnnotationFinder {

  private final ReaderContext context;

  RetryAnnotationFinder(ReaderContext context) {
    this.context = context;
  }

  /** Returns the {@code @LlmRetry} and composed annotations on an element. */
  List<RetryAnnotation> find(Element element) {
    List<RetryAnnotation> found = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      Origin origin = originOf(element, mirror, new HashSet<>());
      if (origin != null) {
        found.add(written(element, mirror, origin));
      }
    }
    return found;
  }

  private RetryAnnotation written(Element element, AnnotationMirror use, Origin origin) {
    Position at = context.position(element, use);
    Position fallback = context.hasSource(origin.element()) ? null : at;
    return new RetryAnnotation(
        use.getAnnotationType().asElement().getSimpleName().toString(),
        ownerOf(element),
        new PolicyReader(context, origin.element(), origin.mirror(), fallback).read(),
        at);
  }

  private static String ownerOf(Element element) {
    return EnclosingTypes.of(element).get(0).getSimpleName().toString();
  }

  /** Returns whether an annotation type is {@code @LlmRetry} or a composed annotation. */
  static boolean isRetryAnnotation(TypeElement annotationType) {
    return isLlmRetry(annotationType) || llmRetryOn(annotationType, new HashSet<>()) != null;
  }

  private static boolean isLlmRetry(TypeElement annotationType) {
    return annotationType.getQualifiedName().contentEquals(Names.LLM_RETRY);
  }

  private static @Nullable Origin originOf(
      Element element, AnnotationMirror mirror, Set<Element> seen) {
    TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
    return isLlmRetry(type) ? new Origin(element, mirror) : llmRetryOn(type, seen);
  }

  /** Meta-annotations may be nested, and even cyclic. */
  private static @Nullable Origin llmRetryOn(TypeElement annotationType, Set<Element> seen) {
    if (!seen.add(annotationType)
        || annotationType.getQualifiedName().toString().startsWith("java.")) {
      return null;
    }
    for (AnnotationMirror mirror : annotationType.getAnnotationMirrors()) {
      Origin origin = originOf(annotationType, mirror, seen);
      if (origin != null) {
        return origin;
      }
    }
    return null;
  }

  /** An {@code @LlmRetry} and the element that it is on. */
  private record Origin(Element element, AnnotationMirror mirror) {}
}
