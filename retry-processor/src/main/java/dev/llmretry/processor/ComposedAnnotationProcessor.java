package dev.llmretry.processor;

import com.google.auto.service.AutoService;
import dev.llmretry.processor.read.ClientReader;
import dev.llmretry.processor.read.EnclosingTypes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.element.TypeElement;

/**
 * Generates retrying wrappers for types that have composed annotations only. It supports all
 * annotation types in order to find composed ones, and claims none.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("*")
@SupportedOptions({Options.OFF, Options.COMPOSED, Options.WEAVING})
public final class ComposedAnnotationProcessor extends RetryProcessor {

  /** Called by the compiler. */
  public ComposedAnnotationProcessor() {}

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    processRound(annotations, round);
    return false;
  }

  @Override
  Set<TypeElement> find(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<TypeElement> types = new LinkedHashSet<>();
    for (TypeElement annotation : annotations) {
      if (ClientReader.isRetryAnnotation(annotation)) {
        types.addAll(typesWith(annotation, round));
      }
    }
    if (!types.isEmpty()) {
      types.removeAll(typesOfTheOtherProcessor(round));
    }
    return types;
  }

  /**
   * Returns the types that {@link LlmRetryProcessor} processes. Annotations that it has claimed are
   * not passed to this processor.
   */
  private Set<TypeElement> typesOfTheOtherProcessor(RoundEnvironment round) {
    Set<TypeElement> types = new HashSet<>();
    for (String name : ourAnnotations()) {
      TypeElement annotation = processingEnv.getElementUtils().getTypeElement(name);
      if (annotation != null) {
        round
            .getElementsAnnotatedWith(annotation)
            .forEach(element -> EnclosingTypes.of(element).stream().limit(1).forEach(types::add));
      }
    }
    return types;
  }
}
