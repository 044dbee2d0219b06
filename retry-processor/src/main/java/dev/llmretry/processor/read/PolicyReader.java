package dev.llmretry.processor.read;

import static java.util.Objects.requireNonNull;

import dev.llmretry.processor.model.ClassRule;
import dev.llmretry.processor.model.KindRule;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.Rules;
import dev.llmretry.processor.model.Setting;
import dev.llmretry.processor.model.SettingClass;
import dev.llmretry.processor.model.TakenType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one {@code @LlmRetry}. */
final class PolicyReader {

  private final ReaderContext context;
  private final Element element;
  private final AnnotationMirror mirror;
  private final @Nullable Position fallback;
  private final Map<String, AnnotationValue> written = new HashMap<>();
  private final Map<String, AnnotationValue> defaults = new HashMap<>();

  /**
   * Creates a reader.
   *
   * @param fallback where to report problems if {@code element} has no source, else null
   */
  PolicyReader(
      ReaderContext context,
      Element element,
      AnnotationMirror mirror,
      @Nullable Position fallback) {
    this.context = context;
    this.element = element;
    this.mirror = mirror;
    this.fallback = fallback;
    mirror
        .getElementValues()
        .forEach((member, value) -> written.put(member.getSimpleName().toString(), value));
    Element type = mirror.getAnnotationType().asElement();
    for (ExecutableElement member : ElementFilter.methodsIn(type.getEnclosedElements())) {
      defaults.put(member.getSimpleName().toString(), member.getDefaultValue());
    }
  }

  Policy read() {
    Rules rules =
        new Rules(
            classes("retryOn"), classes("abortOn"), kinds("retryOnKinds"), kinds("abortOnKinds"));
    return new Policy(
        setting("name", String.class),
        setting("max", Integer.class),
        setting("baseDelayMs", Long.class),
        setting("multiplier", Double.class),
        setting("maxDelayMs", Long.class),
        enumSetting("jitter"),
        enumSetting("nested"),
        setting("deadlineMs", Long.class),
        setting("attemptTimeoutMs", Long.class),
        setting("hedgeAfterMs", Long.class),
        setting("maxRetryAfterMs", Long.class),
        enumSetting("stream"),
        settingClass("preamble", Names.NO_PREAMBLE, "java.util.function.Predicate"),
        settingClass("check", Names.NO_CHECK, Names.RESULT_CHECK),
        settingClass("revise", Names.NO_REVISER, Names.REVISER),
        rules,
        at(null));
  }

  /** Reads a member that lists kinds of failure. */
  List<KindRule> kinds(String member) {
    return list(member, VariableElement.class, PolicyReader::kind);
  }

  private Position at(@Nullable AnnotationValue value) {
    return fallback != null ? fallback : new Position(element, mirror, value);
  }

  /** Every member of {@code @LlmRetry} has a default. */
  private Object defaultOf(String member) {
    return requireNonNull(defaults.get(member), member).getValue();
  }

  private <T> Setting<T> setting(String member, Class<T> type) {
    AnnotationValue value = written.get(member);
    if (value != null && type.isInstance(value.getValue())) {
      return new Setting<>(member, type.cast(value.getValue()), at(value));
    }
    if (value != null) {
      context.notes().markIncomplete();
    }
    return new Setting<>(member, type.cast(defaultOf(member)), at(value));
  }

  private Setting<String> enumSetting(String member) {
    Setting<String> fallback = new Setting<>(member, defaultOf(member).toString(), at(null));
    AnnotationValue value = written.get(member);
    if (value == null) {
      return fallback;
    }
    if (value.getValue() instanceof VariableElement constant) {
      return new Setting<>(member, constant.getSimpleName().toString(), at(value));
    }
    context.notes().markIncomplete();
    return fallback;
  }

  /**
   * Reads a member that names a class.
   *
   * @param none the class that stands for none
   * @param implemented the interface that the class implements
   */
  private @Nullable SettingClass settingClass(String member, String none, String implemented) {
    AnnotationValue value = written.get(member);
    if (value == null) {
      return null;
    }
    if (!(value.getValue() instanceof DeclaredType type) || type.getKind() == TypeKind.ERROR) {
      context.notes().markIncomplete();
      return null;
    }
    TypeElement made = (TypeElement) type.asElement();
    String name = made.getQualifiedName().toString();
    if (name.equals(none)) {
      return null;
    }
    DeclaredType found = context.supertypes().find(made.asType(), implemented);
    TakenType takes =
        found == null || found.getTypeArguments().isEmpty()
            ? null
            : new TakenType(found.getTypeArguments().get(0), context.types());
    context.accessibility().defaultConstructors(made).forEach(context.notes()::noteDeprecation);
    return new SettingClass(
        context.names().get(type),
        name,
        takes,
        context.accessibility().isInstantiable(made),
        at(value));
  }

  private List<ClassRule> classes(String member) {
    List<ClassRule> rules = list(member, TypeMirror.class, this::classRule);
    List<ClassRule> throwable =
        rules.stream().filter(rule -> rule.isA("java.lang.Throwable")).toList();
    if (throwable.size() < rules.size()) {
      context.notes().markIncomplete();
    }
    return throwable;
  }

  private ClassRule classRule(TypeMirror type, Position at) {
    List<String> lineage =
        type.getKind() == TypeKind.DECLARED
            ? List.copyOf(context.supertypes().names(type))
            : List.of();
    return new ClassRule(context.names().get(type), lineage, at);
  }

  private static KindRule kind(VariableElement constant, Position at) {
    return new KindRule(constant.getSimpleName().toString(), at);
  }

  private <V, R> List<R> list(String member, Class<V> type, BiFunction<V, Position, R> rule) {
    AnnotationValue value = written.get(member);
    List<R> rules = new ArrayList<>();
    if (value == null) {
      return rules;
    }
    if (!(value.getValue() instanceof List<?> items)) {
      context.notes().markIncomplete();
      return rules;
    }
    for (Object item : items) {
      AnnotationValue itemValue = (AnnotationValue) item;
      if (type.isInstance(itemValue.getValue())) {
        rules.add(rule.apply(type.cast(itemValue.getValue()), at(itemValue)));
      } else {
        context.notes().markIncomplete();
      }
    }
    return rules;
  }
}
