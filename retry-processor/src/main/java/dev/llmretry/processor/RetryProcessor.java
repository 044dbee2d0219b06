package dev.llmretry.processor;

import dev.llmretry.processor.check.Checks;
import dev.llmretry.processor.check.Diagnostic;
import dev.llmretry.processor.check.SdkChecks;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.read.ClientReader;
import dev.llmretry.processor.read.EnclosingTypes;
import dev.llmretry.processor.read.Round;
import dev.llmretry.processor.write.ClientWriter;
import dev.llmretry.processor.write.CompanionWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/** Base class of the processors: reads, checks and writes the types that they find. */
abstract class RetryProcessor extends AbstractProcessor {

  /** One for each compilation, shared by both processors. */
  private static final Map<Elements, SdkChecks> SDK_CHECKS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Set<String> sources = new HashSet<>();

  /** Types deferred to the next round, as they refer to types that do not exist yet. */
  private Set<String> deferred = new TreeSet<>();

  private @Nullable DiagnosticPrinter printer;

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    Set<String> off = Options.list(environment.getOptions(), Options.OFF);
    printer = new DiagnosticPrinter(environment.getMessager(), off);
  }

  /** Returns the types to process in a round. */
  abstract Set<TypeElement> find(Set<? extends TypeElement> annotations, RoundEnvironment round);

  /** Processes a round. */
  final void processRound(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element root : round.getRootElements()) {
      if (root instanceof TypeElement type) {
        sources.add(type.getQualifiedName().toString());
      }
    }
    Set<TypeElement> types = new LinkedHashSet<>();
    for (String name : deferred) {
      TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
      if (type != null) {
        types.add(type);
      }
    }
    deferred = new TreeSet<>();
    types.addAll(find(annotations, round));
    Round reading = new Round(processingEnv, this::hasSource);
    for (TypeElement type : types) {
      process(type, reading, round.processingOver());
    }
  }

  private void process(TypeElement type, Round round, boolean lastRound) {
    ClientReader reader = new ClientReader(round, type);
    if (type.getKind() == ElementKind.ANNOTATION_TYPE && ClientReader.isRetryAnnotation(type)) {
      Checks.check(reader.readComposed(), printer());
      return;
    }
    RetryingClient client = reader.read();
    if (!reader.isComplete() && !lastRound) {
      deferred.add(type.getQualifiedName().toString());
      return;
    }
    printer().takeErrors();
    Checks.check(client, Options.isWoven(processingEnv.getOptions()), printer());
    if (client.retries()) {
      SDK_CHECKS
          .computeIfAbsent(processingEnv.getElementUtils(), compilation -> new SdkChecks())
          .check(
              reader.sdks(),
              reader.hasExtractors() ? List.of() : reader.sdksInUse(),
              client.at(),
              printer());
    }
    boolean isValid = !printer().takeErrors() && reader.isComplete();
    if (isValid && client.retries()) {
      write(client, type);
    }
  }

  private void write(RetryingClient client, TypeElement type) {
    String text =
        client.woven() == null ? ClientWriter.write(client) : CompanionWriter.write(client);
    String name = client.generatedName().canonicalName();
    try (Writer file = processingEnv.getFiler().createSourceFile(name, type).openWriter()) {
      file.write(text);
    } catch (FilerException e) {
      printer().report(Diagnostic.NAME_TAKEN, client.at(), client.generatedName());
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(
              Kind.ERROR, "Cannot write " + client.generatedName() + ": " + e.getMessage(), type);
    }
  }

  private DiagnosticPrinter printer() {
    if (printer == null) {
      throw new IllegalStateException("The processor is not initialised");
    }
    return printer;
  }

  private boolean hasSource(Element element) {
    return EnclosingTypes.of(element).stream()
        .anyMatch(type -> sources.contains(type.getQualifiedName().toString()));
  }

  /** Returns the types that have an annotation, or whose members have it. */
  final Set<TypeElement> typesWith(TypeElement annotation, RoundEnvironment round) {
    Set<TypeElement> types = new LinkedHashSet<>();
    for (Element element : round.getElementsAnnotatedWith(annotation)) {
      List<TypeElement> around = EnclosingTypes.of(element);
      if (ClientReader.isRetryAnnotation(annotation) && !isTypeOrMethod(element)) {
        printer()
            .report(
                Diagnostic.NOT_WRAPPED,
                Position.of(element),
                annotation.getSimpleName(),
                element,
                "a " + element.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      } else if (!around.isEmpty() && !KotlinStubs.isDefaultImpls(around.get(0))) {
        types.add(around.get(0));
      }
    }
    return types;
  }

  private static boolean isTypeOrMethod(Element element) {
    return element instanceof TypeElement || element.getKind() == ElementKind.METHOD;
  }

  /** Returns the annotation types that {@link LlmRetryProcessor} supports. */
  final Set<String> ourAnnotations() {
    Set<String> names = new TreeSet<>(Options.list(processingEnv.getOptions(), Options.COMPOSED));
    names.addAll(Names.OWN_ANNOTATIONS);
    return names;
  }
}
