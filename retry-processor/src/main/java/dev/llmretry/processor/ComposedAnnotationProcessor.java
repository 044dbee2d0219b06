package dev.llmretry.processor;

import com.google.auto.service.AutoService;
import dev.llmretry.processor.read.ClientReader;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Generates retrying wrappers for interfaces that are annotated with composed annotations only. It
 * has to look at all annotations to find those, and claims none, since they are not its own.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("*")
@SupportedOptions({Options.OFF, Options.COMPOSED})
public final class ComposedAnnotationProcessor extends RetryProcessor {

  /** For the compiler. */
  public ComposedAnnotationProcessor() {}

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    processRound(annotations, round);
    return false;
  }

  @Override
  Set<TypeElement> find(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<TypeElement> claimed = typesOfTheOtherProcessor(annotations, round);
    Set<TypeElement> types = new LinkedHashSet<>();
    for (TypeElement annotation : annotations) {
      if (!isOurs(annotation) && ClientReader.isRetryAnnotation(annotation)) {
        for (Element element : round.getElementsAnnotatedWith(annotation)) {
          TypeElement type = typeOf(element);
          if (!claimed.contains(type)) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  /** A type with annotations of both sorts is dealt with once, as a whole. */
  private Set<TypeElement> typesOfTheOtherProcessor(
      Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<TypeElement> types = new HashSet<>();
    for (TypeElement annotation : annotations) {
      if (isOurs(annotation)) {
        round.getElementsAnnotatedWith(annotation).forEach(element -> types.add(typeOf(element)));
      }
    }
    return types;
  }
}
