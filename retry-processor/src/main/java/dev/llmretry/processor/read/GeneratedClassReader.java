package dev.llmretry.processor.read;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import dev.llmretry.processor.model.Names;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Reads what the class generated for a type takes over from it. Call it after all methods are read.
 */
final class GeneratedClassReader {

  private static final List<String> NULLNESS_DEFAULTS =
      List.of("org.jspecify.annotations.NullMarked", "org.jspecify.annotations.NullUnmarked");

  private final ReaderContext context;
  private final TypeElement type;
  private final boolean isPublic;

  /**
   * Creates a reader.
   *
   * @param isPublic whether the type and the types around it are public
   */
  GeneratedClassReader(ReaderContext context, boolean isPublic) {
    this.context = context;
    this.type = context.type();
    this.isPublic = isPublic;
  }

  /** Returns the annotations to repeat: a deprecation and the nearest nullness default. */
  List<AnnotationSpec> annotations() {
    List<AnnotationSpec> repeated = new ArrayList<>();
    AnnotationSpec deprecation = SignatureReader.deprecation(type);
    if (deprecation != null) {
      context.notes().noteDeprecation(type);
      repeated.add(deprecation);
    }
    EnclosingTypes.of(type).stream()
        .flatMap(element -> NULLNESS_DEFAULTS.stream().flatMap(name -> nullness(element, name)))
        .findFirst()
        .map(AnnotationSpec::get)
        .ifPresent(repeated::add);
    return repeated;
  }

  private Stream<AnnotationMirror> nullness(TypeElement element, String name) {
    return Stream.ofNullable(Mirrors.find(element, name)).filter(mirror -> context.isVisible(name));
  }

  /**
   * Returns simple names that must not be imported: inherited member types shadow imports, and
   * types of the same package shadow those of {@code java.lang}.
   */
  Set<String> reservedNames() {
    Set<String> reserved = new LinkedHashSet<>();
    reserved.addAll(context.supertypes().memberNames(type.asType()));
    reserved.addAll(context.notes().innerNames());
    reserved.addAll(context.names().typeVariables());
    String packageName = context.elements().getPackageOf(type).getQualifiedName().toString();
    for (String name : context.notes().javaLangNames()) {
      if (context.isVisible(packageName + "." + name)) {
        reserved.add(name);
      }
    }
    return reserved;
  }

  /** Returns the lint categories to suppress. */
  Set<String> lints() {
    Set<String> lints = new TreeSet<>(context.notes().lints());
    addSuppressed(type, lints);
    type.getEnclosedElements().forEach(member -> addSuppressed(member, lints));
    if (isPublic && !context.elements().getModuleOf(type).isUnnamed()) {
      lints.add("exports");
    }
    if (!isPublic && EnclosingTypes.of(type).size() == 1) {
      lints.add("auxiliaryclass");
    }
    Set<String> supertypes = context.supertypes().names(type.asType());
    if (supertypes.contains("java.io.Serializable")) {
      lints.add("serial");
    }
    if (supertypes.contains(AutoCloseable.class.getCanonicalName())) {
      lints.add("try");
    }
    return lints;
  }

  /** Warnings that are suppressed in the interface are suppressed in the generated class too. */
  private static void addSuppressed(Element element, Set<String> lints) {
    SuppressWarnings suppressed = element.getAnnotation(SuppressWarnings.class);
    if (suppressed != null) {
      Stream.of(suppressed.value())
          .filter(token -> !token.equals("all") && !token.startsWith("LR"))
          .forEach(lints::add);
    }
  }

  /**
   * Returns whether a class of that name exists that is not the output of an earlier compilation.
   */
  boolean isTaken(ClassName generated) {
    TypeElement existing = context.elements().getTypeElement(generated.canonicalName());
    return existing != null && Mirrors.find(existing, Names.MARKER) == null;
  }
}
