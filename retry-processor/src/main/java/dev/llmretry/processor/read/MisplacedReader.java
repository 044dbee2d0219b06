package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryingClient.Misplaced;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Finds retry annotations on methods of an interface that a wrapper cannot override. */
final class MisplacedReader {

  private MisplacedReader() {}

  static List<Misplaced> read(TypeElement type) {
    List<Misplaced> misplaced = new ArrayList<>();
    for (Element member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement method) {
        String reason = whyNotOverridable(method);
        if (reason != null) {
          addAnnotations(method, reason, misplaced);
        }
      }
    }
    return misplaced;
  }

  private static void addAnnotations(
      ExecutableElement method, String reason, List<Misplaced> misplaced) {
    for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
      TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
      if (RetryAnnotationFinder.isRetryAnnotation(annotation)) {
        misplaced.add(
            new Misplaced(
                method.getSimpleName() + "()",
                reason,
                annotation.getSimpleName().toString(),
                new Position(method, mirror, null)));
      }
    }
  }

  private static @Nullable String whyNotOverridable(ExecutableElement method) {
    if (method.getModifiers().contains(Modifier.STATIC)) {
      return "static";
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      return "private";
    }
    return Members.isObjectMethod(method) ? "a method of java.lang.Object" : null;
  }
}
