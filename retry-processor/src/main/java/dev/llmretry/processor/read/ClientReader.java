package dev.llmretry.processor.read;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeVariableName;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.ComposedAnnotation;
import dev.llmretry.processor.model.Delegate;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.RetryingClient.Kind;
import dev.llmretry.processor.model.Routing;
import dev.llmretry.processor.model.Sdk;
import dev.llmretry.processor.model.WovenType;
import dev.llmretry.processor.read.Members.Member;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/** Reads an annotated type. */
public final class ClientReader {

  private final ReaderContext context;
  private final TypeElement type;
  private final boolean isInterface;
  private final RetryAnnotationFinder annotations;
  private final WeavingReader weaving;
  private final RetryResolver retries;

  /** Creates a reader of one type. */
  public ClientReader(Round round, TypeElement type) {
    this.context = ReaderContext.of(round, type);
    this.type = type;
    this.isInterface = type.getKind() == ElementKind.INTERFACE;
    this.annotations = new RetryAnnotationFinder(context);
    this.weaving = new WeavingReader(context);
    this.retries = new RetryResolver(context, annotations, weaving);
  }

  /** Returns whether an annotation of this type is {@code @LlmRetry} or a composed annotation. */
  public static boolean isRetryAnnotation(TypeElement annotationType) {
    return RetryAnnotationFinder.isRetryAnnotation(annotationType);
  }

  /** Reads the type as a composed annotation. */
  public ComposedAnnotation readComposed() {
    Retention retention = type.getAnnotation(Retention.class);
    RetentionPolicy policy = retention == null ? RetentionPolicy.CLASS : retention.value();
    return new ComposedAnnotation(
        type.getSimpleName().toString(), policy.name(), annotations.find(type), context.position());
  }

  /** Reads the type as a client. */
  public RetryingClient read() {
    for (TypeMirror supertype : type.getInterfaces()) {
      context.names().get(supertype);
    }
    List<TypeVariableName> typeVariables =
        context
            .names()
            .declare(
                EnclosingTypes.typeParameters(type).stream()
                    .map(parameter -> (TypeVariable) parameter.asType())
                    .toList());
    List<DeclaredType> interfaces =
        isInterface ? context.supertypes().interfaces(type.asType()) : List.of();
    List<Member> members =
        isInterface ? Members.of(context.types(), interfaces) : Members.declaredBy(type);
    DelegateReader delegates =
        isInterface ? new DelegateReader(context, annotations, members) : null;
    Delegate delegate = delegates == null ? Delegate.ITSELF : delegates.read();
    context.notes().takeInaccessible();
    List<ClientMethod> methods = methods(members, delegates);
    List<RetryAnnotation> onType = annotations.find(type);
    ClassName name = ClassName.get(type);
    GeneratedClassReader generated = new GeneratedClassReader(context, isPublic());
    return new RetryingClient(
        name,
        typeVariables,
        kind(),
        isPublic(),
        woven(onType),
        delegate,
        routing(),
        methods,
        KotlinNames.hiddenIn(interfaces),
        isInterface ? MisplacedReader.read(type) : List.of(),
        onType,
        generated.annotations(),
        generated.reservedNames(),
        context.notes().innerNames(),
        generated.lints(),
        generated.isTaken(RetryingClient.generatedName(name, isInterface)),
        context.isVisible(Names.GENERATED),
        context.isVisible(isInterface ? Names.RETRY_LOOP : Names.WOVEN_CLASS),
        context.position());
  }

  /** Returns whether everything that was read exists; if not, another round may generate it. */
  public boolean isComplete() {
    return context.notes().isComplete();
  }

  /** Returns the SDKs that the type can see. */
  public List<Sdk> sdks() {
    return SdkCatalogue.all().stream().filter(sdk -> context.isVisible(sdk.exception())).toList();
  }

  /**
   * Returns the SDKs to which the type, once it is read, is known to refer; if there are none, all
   * that it can see. Their classes may be used behind it.
   */
  public List<Sdk> sdksInUse() {
    List<Sdk> visible = sdks();
    List<Sdk> named = visible.stream().filter(this::refersTo).toList();
    return named.isEmpty() ? visible : named;
  }

  private boolean refersTo(Sdk sdk) {
    Stream<String> state =
        type.getEnclosedElements().stream()
            .filter(member -> member.getKind().isField() || member instanceof ExecutableElement)
            .map(member -> member.asType().toString());
    return Stream.concat(context.notes().types().stream(), state)
        .anyMatch(types -> types.contains(sdk.packageName() + "."));
  }

  /** Returns whether the type can see retry-providers, which classifies exceptions of SDKs. */
  public boolean hasExtractors() {
    return context.isVisible(Names.AN_EXTRACTOR);
  }

  private Kind kind() {
    if (EnclosingTypes.of(type).stream().anyMatch(each -> has(each, Modifier.PRIVATE))) {
      return Kind.PRIVATE;
    }
    if (!isInterface) {
      return Kind.CLASS;
    }
    return has(type, Modifier.SEALED) ? Kind.SEALED : Kind.INTERFACE;
  }

  private boolean isPublic() {
    return EnclosingTypes.of(type).stream().allMatch(each -> has(each, Modifier.PUBLIC));
  }

  private static boolean has(Element element, Modifier modifier) {
    return element.getModifiers().contains(modifier);
  }

  private List<ClientMethod> methods(List<Member> members, @Nullable DelegateReader delegates) {
    MethodReader reader = new MethodReader(context, retries, weaving);
    DeclaredType delegate =
        delegates == null ? (DeclaredType) type.asType() : delegates.delegateType();
    Map<String, Long> overloads = members.stream().collect(groupingBy(Member::name, counting()));
    List<ClientMethod> methods = new ArrayList<>();
    for (Member member : members) {
      boolean overloaded = overloads.getOrDefault(member.name(), 0L) > 1;
      DeclaredType defaultOf = delegates == null ? null : delegates.ownerOfDefault(member);
      methods.add(
          context
              .names()
              .inScope(() -> reader.read(member, overloaded || !isInterface, delegate, defaultOf)));
    }
    return methods;
  }

  private @Nullable Routing routing() {
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
      if (annotation.getQualifiedName().contentEquals(Names.ROUTED)) {
        return new Routing(
            new PolicyReader(context, type, mirror, null).kinds("fallbackOnKinds"),
            context.position(type, mirror));
      }
    }
    return null;
  }

  private @Nullable WovenType woven(List<RetryAnnotation> onType) {
    return isInterface ? null : weaving.type(!onType.isEmpty(), retries::isRetriedByItself);
  }
}
