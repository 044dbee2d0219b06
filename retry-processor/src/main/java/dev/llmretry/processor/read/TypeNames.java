package dev.llmretry.processor.read;

import static java.util.stream.Collectors.toList;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.NoType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleTypeVisitor14;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Turns the types of one interface's signatures into what is printed, type-use annotations
 * included, which {@link TypeName#get} would drop. Notes on the way what printing them again will
 * meet.
 */
final class TypeNames extends SimpleTypeVisitor14<TypeName, @Nullable Void> {

  private final Elements elements;
  private final PackageElement from;
  private final Set<String> lints = new TreeSet<>();
  private final Set<String> inaccessible = new LinkedHashSet<>();
  private final Set<String> javaLangNames =
      new TreeSet<>(Set.of("Deprecated", "Exception", "Override", "String", "SuppressWarnings"));
  private final Set<String> typeVariables = new LinkedHashSet<>();
  private final Map<TypeVariableKey, String> variableNames = new HashMap<>();
  private final Set<String> innerNames = new TreeSet<>();
  private Set<String> inScope = new HashSet<>();
  private boolean complete = true;

  /** Makes a visitor for types that will be printed in a class of the package {@code from}. */
  TypeNames(Elements elements, PackageElement from) {
    this.elements = elements;
    this.from = from;
  }

  TypeName get(TypeMirror type) {
    return type.accept(this, null);
  }

  List<TypeName> getAll(List<? extends TypeMirror> types) {
    return types.stream().map(this::get).collect(toList());
  }

  /**
   * Returns the declarations of type variables, bounds included. They are renamed where one of the
   * same name is in scope, since the types that they are declared with may mean that one.
   */
  List<TypeVariableName> declare(List<? extends TypeVariable> variables) {
    for (TypeVariable variable : variables) {
      String name = variable.asElement().getSimpleName().toString();
      for (int i = 2; !inScope.add(name); i++) {
        name = variable.asElement().getSimpleName().toString() + i;
      }
      variableNames.put(TypeVariableKey.of(variable), name);
      typeVariables.add(name);
    }
    return variables.stream().map(this::declare).toList();
  }

  private TypeVariableName declare(TypeVariable variable) {
    TypeMirror bound = variable.getUpperBound();
    List<? extends TypeMirror> bounds =
        bound.getKind() == TypeKind.INTERSECTION
            ? ((IntersectionType) bound).getBounds()
            : List.of(bound);
    TypeVariableName name =
        TypeVariableName.get(nameOf(variable), getAll(bounds).toArray(new TypeName[0]));
    return name.annotated(annotations(variable.asElement().getAnnotationMirrors()));
  }

  /** Reads what declares type variables that end with it. */
  <R> R inScope(Supplier<R> reading) {
    Set<String> around = inScope;
    inScope = new HashSet<>(around);
    try {
      return reading.get();
    } finally {
      inScope = around;
    }
  }

  private String nameOf(TypeVariable variable) {
    TypeVariableKey declared = TypeVariableKey.of(variable);
    return variableNames.getOrDefault(declared, declared.name());
  }

  /** Returns whether all types that were seen exist. */
  boolean complete() {
    return complete;
  }

  /** Notes that something that was looked for does not exist. */
  void markIncomplete() {
    complete = false;
  }

  /** Returns the kinds of warnings that the types provoke where they are printed. */
  Set<String> lints() {
    return lints;
  }

  /** Returns the simple names of the types of java.lang that will be printed. */
  Set<String> javaLangNames() {
    return javaLangNames;
  }

  /** Returns the names of the type variables that were declared. */
  Set<String> typeVariables() {
    return typeVariables;
  }

  /** Returns what was seen since the last call that cannot be named from the package. */
  List<String> takeInaccessible() {
    List<String> taken = List.copyOf(inaccessible);
    inaccessible.clear();
    return taken;
  }

  @Override
  public TypeName visitDeclared(DeclaredType type, @Nullable Void unused) {
    TypeElement element = (TypeElement) type.asElement();
    note(element, type);
    TypeMirror enclosing = type.getEnclosingType();
    List<TypeName> arguments = getAll(type.getTypeArguments());
    TypeName name;
    if (isParameterized(enclosing) && !element.getModifiers().contains(Modifier.STATIC)) {
      ParameterizedTypeName outer = (ParameterizedTypeName) get(enclosing);
      name = outer.nestedClass(element.getSimpleName().toString(), arguments);
    } else if (arguments.isEmpty()) {
      name = ClassName.get(element);
    } else {
      name = ParameterizedTypeName.get(ClassName.get(element), arguments.toArray(new TypeName[0]));
    }
    return annotated(name, type);
  }

  private static boolean isParameterized(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && !((DeclaredType) type).getTypeArguments().isEmpty();
  }

  private void note(TypeElement element, DeclaredType type) {
    boolean isRaw = type.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty();
    if (isRaw || isInnerOfRaw(type)) {
      lints.add("rawtypes");
    }
    noteDeprecation(element);
    if (elements.getPackageOf(element).getQualifiedName().contentEquals("java.lang")) {
      javaLangNames.add(ClassName.get(element).topLevelClassName().simpleName());
    }
    if (!isAccessible(element)) {
      inaccessible.add(element.getQualifiedName().toString());
    }
  }

  private static boolean isInnerOfRaw(DeclaredType type) {
    return !type.asElement().getModifiers().contains(Modifier.STATIC)
        && type.asElement().getEnclosingElement() instanceof TypeElement outer
        && !outer.getTypeParameters().isEmpty()
        && !isParameterized(type.getEnclosingType());
  }

  /** Returns whether {@code new} can make one here, without arguments. */
  boolean isInstantiable(TypeElement type) {
    boolean isRecord = type.getKind() == ElementKind.RECORD;
    boolean isStatic =
        type.getNestingKind() == NestingKind.TOP_LEVEL
            || type.getModifiers().contains(Modifier.STATIC);
    List<ExecutableElement> usable =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .filter(constructor -> constructor.getParameters().isEmpty() && isUsable(constructor))
            .toList();
    usable.forEach(this::noteDeprecation);
    return (isRecord || (type.getKind() == ElementKind.CLASS && isStatic))
        && !type.getModifiers().contains(Modifier.ABSTRACT)
        && type.getTypeParameters().isEmpty()
        && isAccessible(type)
        && !usable.isEmpty();
  }

  private boolean isUsable(ExecutableElement constructor) {
    boolean samePackage = elements.getPackageOf(constructor).equals(from);
    return constructor.getThrownTypes().isEmpty()
        && (constructor.getModifiers().contains(Modifier.PUBLIC)
            || (samePackage && !constructor.getModifiers().contains(Modifier.PRIVATE)));
  }

  /** Notes what it means to use {@code element}. What is inside something deprecated is, too. */
  void noteDeprecation(Element element) {
    Stream.concat(Stream.of(element), EnclosingTypes.of(element).stream())
        .filter(this::isDeprecated)
        .forEach(each -> lints.add(isForRemoval(each) ? "removal" : "deprecation"));
  }

  /** Kotlin marks its classes without Java's annotation, as the Eclipse compiler expects it. */
  private boolean isDeprecated(Element element) {
    return elements.isDeprecated(element) || Mirrors.find(element, "kotlin.Deprecated") != null;
  }

  /** Notes the name of a method. Kotlin gives some that cannot be written in Java. */
  void noteName(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    if (!SourceVersion.isName(name)) {
      inaccessible.add(name);
    }
  }

  /** Notes that a method overrides the one of {@link Object}, which is deprecated. */
  void noteFinalize() {
    lints.addAll(Set.of("deprecation", "removal"));
  }

  /** Notes names that mean something else inside a class that implements another interface. */
  void noteInner(Set<String> memberNames) {
    innerNames.addAll(memberNames);
  }

  /** Returns the names that {@link #noteInner} has been given. */
  Set<String> innerNames() {
    return innerNames;
  }

  /** Notes that a raw type is converted where it is used. */
  void noteUnchecked() {
    lints.add("unchecked");
  }

  /** Notes that something closeable is implemented, whose {@code close} may throw anything. */
  void noteCloseable() {
    lints.add("try");
  }

  /** Notes what it means to declare a variable parameter of this array type. */
  void noteVarargs(Types types, TypeMirror array) {
    TypeMirror component = ((ArrayType) array).getComponentType();
    if (!types.isSameType(component, types.erasure(component))) {
      lints.add("unchecked");
    }
  }

  private static boolean isForRemoval(Element element) {
    Deprecated deprecated = element.getAnnotation(Deprecated.class);
    return deprecated != null && deprecated.forRemoval();
  }

  private boolean isAccessible(TypeElement type) {
    boolean samePackage = elements.getPackageOf(type).equals(from);
    return EnclosingTypes.of(type).stream()
        .map(Element::getModifiers)
        .allMatch(
            modifiers ->
                modifiers.contains(Modifier.PUBLIC)
                    || (samePackage && !modifiers.contains(Modifier.PRIVATE)));
  }

  private TypeName annotated(TypeName name, TypeMirror type) {
    List<AnnotationSpec> specs = annotations(type.getAnnotationMirrors());
    return specs.isEmpty() ? name : name.annotated(specs);
  }

  /**
   * What cannot be read or printed again is left out; the compiler says so where it is written. To
   * the Eclipse compiler, a type argument has those of the type variable too, be they the same.
   */
  private List<AnnotationSpec> annotations(List<? extends AnnotationMirror> mirrors) {
    return mirrors.stream().filter(this::isPrintable).map(AnnotationSpec::get).distinct().toList();
  }

  private boolean isPrintable(AnnotationMirror mirror) {
    return isPrintable(mirror.getAnnotationType())
        && mirror.getElementValues().values().stream().allMatch(this::isPrintable);
  }

  private boolean isPrintable(AnnotationValue annotationValue) {
    Object value = annotationValue.getValue();
    if (value instanceof List<?> list) {
      return list.stream().allMatch(item -> isPrintable((AnnotationValue) item));
    }
    if (value instanceof AnnotationMirror mirror) {
      return isPrintable(mirror);
    }
    if (value instanceof TypeMirror type) {
      return isPrintable(type);
    }
    if (value instanceof VariableElement constant) {
      return isPrintable(constant.asType());
    }
    // Infinity and NaN have no literals.
    boolean isFraction = value instanceof Double || value instanceof Float;
    return !isFraction || Double.isFinite(((Number) value).doubleValue());
  }

  private boolean isPrintable(TypeMirror type) {
    return switch (type.getKind()) {
      case ERROR -> false;
      case DECLARED -> isAccessible((TypeElement) ((DeclaredType) type).asElement());
      case ARRAY -> isPrintable(((ArrayType) type).getComponentType());
      default -> true;
    };
  }

  @Override
  public TypeName visitError(ErrorType type, @Nullable Void unused) {
    complete = false;
    return ClassName.OBJECT;
  }

  @Override
  public TypeName visitPrimitive(PrimitiveType type, @Nullable Void unused) {
    return annotated(TypeName.get(type), type);
  }

  @Override
  public TypeName visitNoType(NoType type, @Nullable Void unused) {
    return TypeName.get(type);
  }

  @Override
  public TypeName visitArray(ArrayType type, @Nullable Void unused) {
    return annotated(ArrayTypeName.of(get(type.getComponentType())), type);
  }

  @Override
  public TypeName visitTypeVariable(TypeVariable type, @Nullable Void unused) {
    return annotated(TypeVariableName.get(nameOf(type)), type);
  }

  @Override
  public TypeName visitWildcard(WildcardType type, @Nullable Void unused) {
    TypeMirror lower = type.getSuperBound();
    if (lower != null) {
      return annotated(WildcardTypeName.supertypeOf(get(lower)), type);
    }
    TypeMirror upper = type.getExtendsBound();
    return annotated(
        WildcardTypeName.subtypeOf(upper == null ? ClassName.OBJECT : get(upper)), type);
  }

  @Override
  protected TypeName defaultAction(TypeMirror type, @Nullable Void unused) {
    throw new IllegalArgumentException("A signature cannot contain " + type.getKind());
  }
}
