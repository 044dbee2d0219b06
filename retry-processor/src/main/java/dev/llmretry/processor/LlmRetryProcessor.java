package dev.llmretry.processor;

import com.google.auto.service.AutoService;
import dev.llmretry.processor.model.Names;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.element.TypeElement;

/**
 * Generates retrying wrappers for interfaces with {@code @LlmRetry}. Claims our own annotations,
 * and those that the option {@code llmretry.composed} declares to be composed of them, and what
 * stands on the classes it generates; {@link ComposedAnnotationProcessor} sees to composed
 * annotations that nobody declares.
 */
@AutoService(Processor.class)
@SupportedOptions({Options.OFF, Options.COMPOSED, Options.WEAVING})
public final class LlmRetryProcessor extends RetryProcessor {

  /** For the compiler. */
  public LlmRetryProcessor() {}

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    Options.checkOff(environment.getOptions(), environment.getMessager());
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    Set<String> types = ourAnnotations();
    types.add(Names.MARKER);
    types.add(Names.GENERATED);
    return types;
  }

  /** Claimed, so that {@code -Xlint:processing} does not report that nobody does. */
  @Override
  @SuppressWarnings("DoNotClaimAnnotations")
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    processRound(annotations, round);
    return true;
  }

  @Override
  Set<TypeElement> find(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<TypeElement> types = new LinkedHashSet<>();
    for (TypeElement annotation : annotations) {
      if (ourAnnotations().contains(annotation.getQualifiedName().toString())) {
        types.addAll(typesWith(annotation, round));
      }
    }
    return types;
  }
}
