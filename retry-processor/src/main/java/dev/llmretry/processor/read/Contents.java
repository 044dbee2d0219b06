package dev.llmretry.processor.read;

import dev.llmretry.processor.read.InstanceMethods.InstanceMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** Finds what arrays, collections, optionals, records and the like contain. */
final class Contents {

  private static final List<String> COLLECTIONS = List.of("java.lang.Iterable", "java.util.Map");

  /** Methods of Kotlin's data classes. */
  private static final Pattern COMPONENT = Pattern.compile("component\\d+");

  private final Types types;
  private final Supertypes supertypes;
  private final InstanceMethods methods;

  Contents(Types types, Supertypes supertypes, InstanceMethods methods) {
    this.types = types;
    this.supertypes = supertypes;
    this.methods = methods;
  }

  /** Returns the types of what an object of a type contains. */
  List<TypeMirror> of(TypeMirror type) {
    return switch (type.getKind()) {
      case ARRAY -> List.of(((ArrayType) type).getComponentType());
      case DECLARED -> of((DeclaredType) type);
      default -> List.of();
    };
  }

  private List<TypeMirror> of(DeclaredType type) {
    DeclaredType holder = methods.withoutWildcards(type);
    List<TypeMirror> found = new ArrayList<>();
    for (String collection : COLLECTIONS) {
      DeclaredType supertype = supertypes.find(holder, collection);
      if (supertype != null) {
        found.addAll(supertype.getTypeArguments());
      }
    }
    if (methods.function(holder) == null && !isReflective(holder)) {
      Set<String> components = components(holder);
      for (InstanceMethod method : methods.of(holder)) {
        if (method.parameters().isEmpty()
            && (components.contains(method.name()) || returnsTypeArgument(method))) {
          found.add(method.result());
        }
      }
      fields(holder).forEach(field -> found.add(types.asMemberOf(holder, field)));
    }
    return found;
  }

  /** As {@code Class<InputStream>} is. */
  private static boolean isReflective(DeclaredType type) {
    String name = ((TypeElement) type.asElement()).getQualifiedName().toString();
    return name.equals("java.lang.Class") || name.startsWith("java.lang.reflect.");
  }

  /** Returns the names of the components of a record; none for other types. */
  static Set<String> components(DeclaredType type) {
    return ElementFilter.recordComponentsIn(type.asElement().getEnclosedElements()).stream()
        .map(component -> component.getSimpleName().toString())
        .collect(Collectors.toSet());
  }

  /** As {@code Optional.get()} does, and the methods of Kotlin's data classes. */
  private static boolean returnsTypeArgument(InstanceMethod method) {
    return COMPONENT.matcher(method.name()).matches()
        || (method.element().getReturnType() instanceof TypeVariable variable
            && variable.asElement().getEnclosingElement() instanceof TypeElement);
  }

  private static List<VariableElement> fields(DeclaredType type) {
    return ElementFilter.fieldsIn(type.asElement().getEnclosedElements()).stream()
        .filter(field -> field.getModifiers().contains(Modifier.PUBLIC))
        .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
        .toList();
  }
}
