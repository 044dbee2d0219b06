package dev.llmretry.processor;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleTypeVisitor14;
import javax.lang.model.util.Types;

/** Writes an interface for each public interface of some libraries, as a compiler sees them. */
@SupportedAnnotationTypes("*")
final class SubInterfaces extends AbstractProcessor {

  private final Function<Elements, Stream<? extends Element>> source;
  private final List<SubInterface> found = new ArrayList<>();

  private SubInterfaces(Function<Elements, Stream<? extends Element>> source) {
    this.source = source;
  }

  /** Writes those of the packages that the modules of the running JDK export to all. */
  static List<SubInterface> ofTheJdk(String... options) {
    return read(
        elements ->
            elements.getAllModuleElements().stream()
                .filter(module -> isLoaded(module.getQualifiedName().toString()))
                .flatMap(module -> ElementFilter.exportsIn(module.getDirectives()).stream())
                .filter(exports -> exports.getTargetModules() == null)
                .flatMap(exports -> exports.getPackage().getEnclosedElements().stream()),
        CompilerRun.javac().options(options));
  }

  private static boolean isLoaded(String module) {
    return ModuleLayer.boot().findModule(module).isPresent();
  }

  /** Writes those of named types. */
  static List<SubInterface> of(List<String> names, CompilerRun.Builder javac) {
    return read(
        elements -> names.stream().map(elements::getTypeElement).filter(Objects::nonNull), javac);
  }

  private static List<SubInterface> read(
      Function<Elements, Stream<? extends Element>> source, CompilerRun.Builder javac) {
    SubInterfaces reader = new SubInterfaces(source);
    javac
        .source("interface Any {}")
        .options("-proc:only")
        .withoutProcessors()
        .processorAfter(reader)
        .run()
        .requireSuccess();
    return reader.found;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (round.processingOver()) {
      source.apply(processingEnv.getElementUtils()).forEach(this::addIfComplete);
    }
    return false;
  }

  /** What a library can use may be absent, so that javac cannot read all of its classes. */
  private void addIfComplete(Element element) {
    int before = found.size();
    try {
      add(element);
    } catch (RuntimeException e) {
      if (!e.getClass().getSimpleName().equals("CompletionFailure")) {
        throw e;
      }
      found.subList(before, found.size()).clear();
    }
  }

  private void add(Element element) {
    if (element.getModifiers().contains(Modifier.PUBLIC) && element instanceof TypeElement type) {
      if (type.getKind() == ElementKind.INTERFACE && isOpen(type)) {
        found.add(subInterface(type, "Sub" + found.size() + "_" + type.getSimpleName()));
      }
      type.getEnclosedElements().forEach(this::add);
    }
  }

  private static boolean isOpen(TypeElement type) {
    return !type.getModifiers().contains(Modifier.SEALED);
  }

  private SubInterface subInterface(TypeElement type, String name) {
    String variables =
        typeParameters(
            type.getTypeParameters().stream()
                .map(TypeParameterElement::asType)
                .map(TypeVariable.class::cast)
                .toList());
    String header =
        "public interface " + name + variables + " extends " + TypeText.of(type.asType());
    return new SubInterface(name, header, methods(type));
  }

  private List<String> methods(TypeElement type) {
    Types types = processingEnv.getTypeUtils();
    Map<String, String> methods = new LinkedHashMap<>();
    for (ExecutableElement method :
        ElementFilter.methodsIn(processingEnv.getElementUtils().getAllMembers(type))) {
      if (method.getEnclosingElement().getKind() == ElementKind.INTERFACE
          && !method.getModifiers().contains(Modifier.STATIC)
          && !method.getModifiers().contains(Modifier.PRIVATE)) {
        ExecutableType seen =
            (ExecutableType) types.asMemberOf((DeclaredType) type.asType(), method);
        String erased = method.getSimpleName() + "" + types.erasure(seen).toString();
        methods.putIfAbsent(erased.substring(0, erased.lastIndexOf(')')), text(method, seen));
      }
    }
    return List.copyOf(methods.values());
  }

  private static String text(ExecutableElement method, ExecutableType seen) {
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < seen.getParameterTypes().size(); i++) {
      String type = TypeText.of(seen.getParameterTypes().get(i));
      boolean variable = method.isVarArgs() && i == seen.getParameterTypes().size() - 1;
      parameters.add(
          (variable ? type.substring(0, type.length() - 2) + "..." : type)
              + " "
              + method.getParameters().get(i).getSimpleName());
    }
    String thrown = seen.getThrownTypes().stream().map(TypeText::of).collect(joining(", "));
    return "%s %s %s(%s)%s;"
        .formatted(
            typeParameters(seen.getTypeVariables()),
            TypeText.of(seen.getReturnType()),
            method.getSimpleName(),
            String.join(", ", parameters),
            thrown.isEmpty() ? "" : " throws " + thrown)
        .strip();
  }

  private static String typeParameters(List<? extends TypeVariable> variables) {
    return variables.isEmpty()
        ? ""
        : variables.stream()
            .map(each -> TypeText.name(each) + " extends " + bound(each))
            .collect(joining(", ", "<", ">"));
  }

  private static String bound(TypeVariable variable) {
    return TypeText.of(variable.getUpperBound());
  }

  /** The text of types, without annotations. */
  private static final class TypeText extends SimpleTypeVisitor14<String, Void> {

    /** Those of methods must not hide those of interfaces, which may stand for others there. */
    static String name(TypeVariable variable) {
      TypeParameterElement element = (TypeParameterElement) variable.asElement();
      boolean isOfMethod = element.getGenericElement() instanceof ExecutableElement;
      return element.getSimpleName() + (isOfMethod ? "OfMethod" : "");
    }

    static String of(TypeMirror type) {
      return type.accept(new TypeText(), null);
    }

    @Override
    public String visitDeclared(DeclaredType type, Void unused) {
      TypeElement element = (TypeElement) type.asElement();
      element.getModifiers(); // has javac read the class file, which tells that it is nested
      String name =
          type.getEnclosingType().getKind() == TypeKind.DECLARED
              ? of(type.getEnclosingType()) + "." + element.getSimpleName()
              : element.getQualifiedName().toString();
      return type.getTypeArguments().isEmpty()
          ? name
          : type.getTypeArguments().stream()
              .map(TypeText::of)
              .collect(joining(", ", name + "<", ">"));
    }

    @Override
    public String visitArray(ArrayType type, Void unused) {
      return of(type.getComponentType()) + "[]";
    }

    @Override
    public String visitTypeVariable(TypeVariable type, Void unused) {
      return name(type);
    }

    @Override
    public String visitIntersection(IntersectionType type, Void unused) {
      return type.getBounds().stream().map(TypeText::of).collect(joining(" & "));
    }

    @Override
    public String visitWildcard(WildcardType type, Void unused) {
      if (type.getSuperBound() != null) {
        return "? super " + of(type.getSuperBound());
      }
      return type.getExtendsBound() == null ? "?" : "? extends " + of(type.getExtendsBound());
    }

    @Override
    protected String defaultAction(TypeMirror type, Void unused) {
      return switch (type.getKind()) {
        case VOID -> "void";
        default -> type.getKind().name().toLowerCase(java.util.Locale.ROOT);
      };
    }
  }
}
