package dev.llmretry.processor.read;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/**
 * Finds functions that kapt leaves out of its Java view of an interface, since their names are not
 * valid in Java: those with value classes such as {@code Result} and {@code UInt}. Only Kotlin's
 * metadata names them.
 */
final class KotlinNames {

  /** Matches names to which Kotlin has appended a hash. */
  private static final Pattern MANGLED = Pattern.compile("[\\w$]+-[\\w-]{7}");

  private KotlinNames() {}

  /** Returns the names of functions that only Kotlin's metadata of the interfaces has. */
  static List<String> hiddenIn(Collection<? extends DeclaredType> interfaces) {
    return interfaces.stream()
        .map(DeclaredType::asElement)
        .flatMap(KotlinNames::hiddenIn)
        .distinct()
        .toList();
  }

  private static Stream<String> hiddenIn(Element element) {
    List<String> shown =
        element.getEnclosedElements().stream()
            .map(member -> member.getSimpleName().toString())
            .toList();
    return metadata(Mirrors.find(element, "kotlin.Metadata"))
        .filter(MANGLED.asMatchPredicate())
        .filter(name -> !shown.contains(name));
  }

  /** Returns the strings of the metadata, the names of functions among them. */
  private static Stream<String> metadata(@Nullable AnnotationMirror metadata) {
    return metadata == null
        ? Stream.empty()
        : metadata.getElementValues().entrySet().stream()
            .filter(entry -> entry.getKey().getSimpleName().contentEquals("d2"))
            .flatMap(entry -> ((List<?>) entry.getValue().getValue()).stream())
            .map(value -> String.valueOf(((AnnotationValue) value).getValue()));
  }
}
