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
 * Generates retrying wrappers for interfaces, and companions of classes, with {@code @LlmRetry}. It
 * claims the annotations of LlmRetry, those that the option {@code llmretry.composed} lists, and
 * those on the classes it generates. {@link ComposedAnnotationProcessor} handles composed
 * annotations that are not listed.
 */
@AutoService(Processor.class)
@SupportedOptions({Options.OFF, Options.COMPOSED, Options.WEAVING})
public final class LlmRetryProcessor extends RetryProcessor {

  /** Called by the compiler. */
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

  /** Claims the annotations, or {@code -Xlint:processing} would report them as unclaimed. */
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
