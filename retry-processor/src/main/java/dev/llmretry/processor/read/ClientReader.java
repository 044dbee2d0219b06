package dev.llmretry.processor.read;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeVariableName;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.ComposedAnnotation;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryAnnotations;
import dev.llmretry.processor.model.RetryAnnotations.OptOut;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.RetryingClient.Kind;
import dev.llmretry.processor.model.RetryingClient.Misplaced;
import dev.llmretry.processor.model.ReturnSpec;
import dev.llmretry.processor.model.Sdk;
import dev.llmretry.processor.model.Signature;
import dev.llmretry.processor.model.Weaving;
import dev.llmretry.processor.read.Members.Declaration;
import dev.llmretry.processor.read.Members.Member;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads an annotated type. */
public final class ClientReader {

  private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";
  private static final String NULL_UNMARKED = "org.jspecify.annotations.NullUnmarked";

  private final Elements elements;
  private final Types types;
  private final Supertypes supertypes;
  private final SignatureReader signatures;
  private final ReturnReader returns;
  private final CallbackReader callbacks;
  private final TypeElement type;
  private final Position at;
  private final TypeNames names;
  private final RetryAnnotationFinder annotations;
  private final List<DeclaredType> interfaces;
  private final Predicate<Element> hasSource;
  private final boolean isInterface;
  private final WeavingReader weaving;

  /**
   * Makes a reader for one type.
   *
   * @param hasSource whether the compiler can point at an element
   */
  public ClientReader(
      ProcessingEnvironment environment, TypeElement type, Predicate<Element> hasSource) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.supertypes = new Supertypes(types);
    this.type = type;
    this.at = Position.of(type);
    this.hasSource = hasSource;
    this.isInterface = type.getKind() == ElementKind.INTERFACE;
    this.weaving = new WeavingReader(elements, types, supertypes, type);
    this.names = new TypeNames(elements, elements.getPackageOf(type));
    this.annotations = new RetryAnnotationFinder(supertypes, names, hasSource, at);
    this.interfaces = supertypes.interfaces(type.asType());
    TypeClassifier classifier = new TypeClassifier(elements, supertypes);
    this.signatures = new SignatureReader(types, supertypes, classifier, names, this::position);
    this.returns =
        new ReturnReader(types, supertypes, classifier, names, signatures, this::isVisible);
    this.callbacks = new CallbackReader(types, supertypes, names, signatures, this::isVisible);
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
        type.getSimpleName().toString(), policy.name(), annotations.find(type), at);
  }

  /** Reads the type as a client. */
  public RetryingClient read() {
    for (TypeMirror supertype : type.getInterfaces()) {
      names.get(supertype);
    }
    List<TypeVariableName> typeVariables =
        names.declare(
            typeParameters().stream().map(parameter -> (TypeVariable) parameter.asType()).toList());
    names.takeInaccessible();
    List<ClientMethod> methods = methods();
    List<RetryAnnotation> onType = annotations.find(type);
    ClassName name = ClassName.get(type);
    return new RetryingClient(
        name,
        typeVariables,
        kind(),
        isPublic(),
        isInterface
            ? null
            : weaving.type(!onType.isEmpty(), this::isRetriedItself, aspectjVisible()),
        methods,
        isInterface ? misplaced() : List.of(),
        onType,
        repeatedAnnotations(),
        reservedNames(),
        names.innerNames(),
        lints(),
        isTaken(RetryingClient.generatedName(name, isInterface)),
        isVisible(Names.GENERATED),
        isVisible(isInterface ? Names.RETRY_LOOP : Names.WOVEN_CLASS),
        at);
  }

  /** Those of the types around an inner class are its own, too; outermost first. */
  private List<TypeParameterElement> typeParameters() {
    List<TypeParameterElement> parameters = new ArrayList<>();
    for (TypeElement each : EnclosingTypes.of(type)) {
      parameters.addAll(0, each.getTypeParameters());
      if (has(each, Modifier.STATIC) || each.getKind() != ElementKind.CLASS) {
        break;
      }
    }
    return parameters;
  }

  /** Returns whether everything that was read exists; else it may after another round. */
  public boolean isComplete() {
    return names.complete();
  }

  /** Returns the SDKs that can be read from the type. */
  public Set<Sdk> sdks() {
    Set<Sdk> sdks = EnumSet.noneOf(Sdk.class);
    for (Sdk sdk : Sdk.values()) {
      if (isVisible(sdk.exception())) {
        sdks.add(sdk);
      }
    }
    return sdks;
  }

  /** Returns whether what understands their exceptions can be read, too. */
  public boolean hasExtractors() {
    return isVisible(Names.AN_EXTRACTOR);
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

  private List<ClientMethod> methods() {
    List<ClientMethod> methods = new ArrayList<>();
    List<Member> members = isInterface ? Members.of(types, interfaces) : Members.declaredBy(type);
    for (Member member : members) {
      boolean overloaded =
          members.stream().filter(other -> name(other).equals(name(member))).count() > 1;
      methods.add(names.inScope(() -> method(member, overloaded || !isInterface)));
    }
    return methods;
  }

  private static String name(Member member) {
    return member.main().method().getSimpleName().toString();
  }

  private ClientMethod method(Member member, boolean overloaded) {
    ExecutableElement method = member.main().method();
    RetryAnnotations retryAnnotations = retryAnnotations(member);
    Policy retry = isInterface ? retry(retryAnnotations) : retryInClass(method, retryAnnotations);
    Signature signature = signatures.read(member);
    ReturnSpec returnSpec =
        returns.read(member.returnType(types), retry != null && retry.untilFirstElement());
    Callback callback =
        retry == null ? null : callback(member.main(), signature.parameters(), overloaded);
    Weaving woven = isInterface ? null : weaving.method(method, retry, returnSpec.family());
    return new ClientMethod(
        signature,
        returnSpec,
        callback,
        member.thrown(types).stream().anyMatch(this::declaresInterrupt),
        method.isDefault() && !isClose(method),
        retry,
        retryAnnotations,
        woven,
        woven == null ? names.takeInaccessible() : namedByCompanion(member.main(), woven, retry),
        position(method));
  }

  /** Returns, of the types that a companion names, those that it cannot. */
  private List<String> namedByCompanion(Declaration method, Weaving woven, @Nullable Policy retry) {
    names.takeInaccessible();
    if (retry != null && !woven.isLoop()) {
      Stream.concat(method.method().getTypeParameters().stream(), typeParameters().stream())
          .flatMap(variable -> variable.getBounds().stream())
          .forEach(names::get);
      names.get(method.type().getReturnType());
      for (int i = 0; i < method.method().getParameters().size(); i++) {
        TypeMirror parameterType = method.type().getParameterTypes().get(i);
        if (signatures.isNamedByCompanion(method.method().getParameters().get(i), parameterType)) {
          names.get(parameterType);
        }
      }
    }
    return names.takeInaccessible();
  }

  private @Nullable Callback callback(
      Declaration declaration, List<Parameter> parameters, boolean overloaded) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.streamCallback() && !parameter.replayable()) {
        VariableElement element = declaration.method().getParameters().get(i);
        TypeMirror parameterType = declaration.type().getParameterTypes().get(i);
        AnnotationMirror mirror = Mirrors.find(element, Names.STREAM_CALLBACK);
        Position place =
            hasSource.test(element) ? new Position(element, mirror, null) : parameter.at();
        return callbacks.read(element, parameterType, parameter, overloaded, place);
      }
    }
    return null;
  }

  private Position position(Element element) {
    return hasSource.test(element) ? Position.of(element) : at;
  }

  /** Only a declared class counts: what a type variable stands for is the caller's to know. */
  private boolean declaresInterrupt(TypeMirror thrown) {
    TypeElement interrupted = elements.getTypeElement("java.lang.InterruptedException");
    return thrown.getKind() == TypeKind.DECLARED
        && interrupted != null
        && types.isSubtype(interrupted.asType(), thrown);
  }

  private RetryAnnotations retryAnnotations(Member member) {
    ExecutableElement method = member.main().method();
    boolean isOwn = member.main().owner().equals(type);
    List<RetryAnnotation> own = isOwn ? annotations.find(method) : List.of();
    OptOut noRetry = isOwn ? noRetry(method) : null;
    List<RetryAnnotation> inherited = new ArrayList<>();
    if (own.isEmpty() && noRetry == null) {
      for (Declaration declaration : member.nearest(types, this::isAnnotated)) {
        OptOut found = noRetry(declaration.method());
        if (found == null) {
          inherited.addAll(annotations.find(declaration.method()));
        } else if (noRetry == null) {
          noRetry = found;
        }
      }
    }
    boolean isOpen = own.isEmpty() && noRetry == null && inherited.isEmpty();
    if (isOpen && isInterface && !isClose(method)) {
      inherited.addAll(onNearestTypes(member));
    }
    return new RetryAnnotations(own, inherited, noRetry);
  }

  private boolean isAnnotated(Declaration declaration) {
    return noRetry(declaration.method()) != null
        || !annotations.find(declaration.method()).isEmpty();
  }

  private @Nullable OptOut noRetry(ExecutableElement method) {
    AnnotationMirror mirror = Mirrors.find(method, Names.NO_RETRY);
    if (mirror == null) {
      return null;
    }
    Position use = hasSource.test(method) ? new Position(method, mirror, null) : at;
    return new OptOut(EnclosingTypes.of(method).get(0).getSimpleName().toString(), use);
  }

  /** Returns the annotations of annotated types that have a method, but for their supertypes. */
  private List<RetryAnnotation> onNearestTypes(Member member) {
    Map<DeclaredType, RetryAnnotation> annotated = new LinkedHashMap<>();
    for (DeclaredType each : interfaces) {
      List<RetryAnnotation> found = annotations.find(each.asElement());
      if (!found.isEmpty() && hasMember(each, member)) {
        annotated.put(each, found.get(0));
      }
    }
    Set<DeclaredType> all = annotated.keySet();
    return all.stream()
        .filter(each -> all.stream().noneMatch(other -> isProperSubtype(other, each)))
        .map(annotated::get)
        .toList();
  }

  private boolean isProperSubtype(DeclaredType type, DeclaredType supertype) {
    return !type.asElement().equals(supertype.asElement())
        && types.isSubtype(types.erasure(type), types.erasure(supertype));
  }

  /** The method's own annotation wins, then what it inherits. */
  private static @Nullable Policy retry(RetryAnnotations found) {
    if (!found.own().isEmpty()) {
      return found.own().get(0).policy();
    }
    return found.noRetry() != null || found.inherited().isEmpty()
        ? null
        : found.inherited().get(0).policy();
  }

  /** The method's own annotation wins, then that of the class; nothing is inherited. */
  private @Nullable Policy retryInClass(ExecutableElement method, RetryAnnotations found) {
    if (!found.own().isEmpty()) {
      return found.own().get(0).policy();
    }
    List<RetryAnnotation> onType = annotations.find(type);
    boolean isRetried =
        found.noRetry() == null
            && !onType.isEmpty()
            && weaving.isRetriedWithClass(method)
            && !has(method, Modifier.ABSTRACT)
            && !isClose(method)
            && !weaving.isOwnRuntime(method);
    return isRetried ? onType.get(0).policy() : null;
  }

  private boolean isRetriedItself(ExecutableElement method) {
    return !annotations.find(method).isEmpty()
        || noRetry(method) != null
        || isClose(method)
        || !annotations.find(EnclosingTypes.of(method).get(0)).isEmpty();
  }

  /** Outside a module, the agent may bring them. */
  private boolean aspectjVisible() {
    ModuleElement module = elements.getModuleOf(type);
    return module == null || module.isUnnamed() || isVisible(Names.JOIN_POINT);
  }

  private boolean hasMember(DeclaredType candidate, Member member) {
    return member.all().stream()
        .map(declaration -> types.erasure(declaration.owner().asType()))
        .anyMatch(owner -> types.isSubtype(types.erasure(candidate), owner));
  }

  private boolean isClose(ExecutableElement method) {
    return method.getSimpleName().contentEquals("close")
        && method.getParameters().isEmpty()
        && supertypes.names(type.asType()).contains(AutoCloseable.class.getCanonicalName());
  }

  private List<Misplaced> misplaced() {
    List<Misplaced> misplaced = new ArrayList<>();
    for (Element member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement method) {
        String why = whyNotWrapped(method);
        if (why != null) {
          for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
            TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
            if (isRetryAnnotation(annotation)) {
              misplaced.add(
                  new Misplaced(
                      method.getSimpleName() + "()",
                      why,
                      annotation.getSimpleName().toString(),
                      new Position(method, mirror, null)));
            }
          }
        }
      }
    }
    return misplaced;
  }

  private static @Nullable String whyNotWrapped(ExecutableElement method) {
    if (has(method, Modifier.STATIC)) {
      return "static";
    }
    if (has(method, Modifier.PRIVATE)) {
      return "private";
    }
    return Members.isObjectMethod(method) ? "a method of java.lang.Object" : null;
  }

  /** The generated class is as deprecated and as null-marked as the interface. */
  private List<AnnotationSpec> repeatedAnnotations() {
    List<AnnotationSpec> repeated = new ArrayList<>();
    AnnotationSpec deprecation = SignatureReader.deprecation(type);
    if (deprecation != null) {
      names.noteDeprecation(type);
      repeated.add(deprecation);
    }
    for (TypeElement element : EnclosingTypes.of(type)) {
      for (String name : List.of(NULL_MARKED, NULL_UNMARKED)) {
        AnnotationMirror mirror = Mirrors.find(element, name);
        if (mirror != null && isVisible(name)) {
          repeated.add(AnnotationSpec.get(mirror));
          return repeated;
        }
      }
    }
    return repeated;
  }

  /**
   * A class inherits the member types of its interfaces, which hide what it imports; and the types
   * of its own package hide those of java.lang.
   */
  private Set<String> reservedNames() {
    Set<String> reserved = new LinkedHashSet<>();
    reserved.addAll(supertypes.memberNames(type.asType()));
    reserved.addAll(names.innerNames());
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    reserved.addAll(names.typeVariables());
    for (String name : names.javaLangNames()) {
      if (elements.getTypeElement(packageName + "." + name) != null) {
        reserved.add(name);
      }
    }
    return reserved;
  }

  private Set<String> lints() {
    Set<String> lints = new TreeSet<>(names.lints());
    addSuppressed(type, lints);
    type.getEnclosedElements().forEach(member -> addSuppressed(member, lints));
    if (isPublic() && !elements.getModuleOf(type).isUnnamed()) {
      lints.add("exports");
    }
    if (!isPublic() && EnclosingTypes.of(type).size() == 1) {
      lints.add("auxiliaryclass");
    }
    Set<String> all = supertypes.names(type.asType());
    if (all.contains("java.io.Serializable")) {
      lints.add("serial");
    }
    if (all.contains(AutoCloseable.class.getCanonicalName())) {
      lints.add("try");
    }
    return lints;
  }

  /** What the author of the interface does not want to hear needs no repeating. */
  private static void addSuppressed(Element element, Set<String> lints) {
    SuppressWarnings suppressed = element.getAnnotation(SuppressWarnings.class);
    if (suppressed != null) {
      Stream.of(suppressed.value())
          .filter(token -> !token.equals("all") && !token.startsWith("LR"))
          .forEach(lints::add);
    }
  }

  /** One that we generated in an earlier compilation may still lie on the class path. */
  private boolean isTaken(ClassName generated) {
    TypeElement existing = elements.getTypeElement(generated.canonicalName());
    return existing != null && Mirrors.find(existing, Names.MARKER) == null;
  }

  private boolean isVisible(String typeName) {
    ModuleElement module = elements.getModuleOf(type);
    return (module == null
            ? elements.getTypeElement(typeName)
            : elements.getTypeElement(module, typeName))
        != null;
  }
}
