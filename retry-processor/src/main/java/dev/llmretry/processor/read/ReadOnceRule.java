package dev.llmretry.processor.read;

import dev.llmretry.processor.read.InstanceMethods.InstanceMethod;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Tells from its methods whether a type is read from a position that advances: it fills buffers,
 * iterates, or returns lines, tokens and the like.
 */
final class ReadOnceRule {

  private static final Pattern ADVANCES = Pattern.compile("advance|next|poll|pull|read|take");

  /** As {@code readToken}. Something that can be closed may have a {@code readTimeout} as well. */
  private static final Pattern READS_PART = Pattern.compile("read[A-Z]\\w*");

  /** As {@code nextEvent}. A page of results has a {@code nextCursor} as well. */
  private static final Pattern NEXT_PART = Pattern.compile("next([A-Z]\\w*)");

  /** As {@code hasNext}, {@code hasMoreElements}, {@code isExhausted} and {@code atEnd}. */
  private static final Pattern ASKS_FOR_END =
      Pattern.compile(
          "has(?:Next|More|Remaining)\\w*|(?:is|at)?(?:End|AtEnd|Exhausted|Eof)|eof|exhausted");

  private static final Set<String> READS = Set.of("nextLine", "nextToken", "readLine");

  private final Supertypes supertypes;
  private final InstanceMethods methods;

  /** Returns whether a type is read once or written to, for what is passed to {@code read}. */
  private final Predicate<TypeMirror> buffers;

  ReadOnceRule(Supertypes supertypes, InstanceMethods methods, Predicate<TypeMirror> buffers) {
    this.supertypes = supertypes;
    this.methods = methods;
    this.buffers = buffers;
  }

  boolean isReadOnce(DeclaredType type) {
    Set<String> names = supertypes.names(type);
    boolean isCloseable = names.contains("java.lang.AutoCloseable");
    if (isCloseable && names.contains("java.lang.Iterable")) {
      return true; // such as a DirectoryStream, which can be iterated over once
    }
    List<InstanceMethod> all = methods.of(type);
    return all.stream()
            .anyMatch(
                method ->
                    fillsBuffer(method)
                        || (READS.contains(method.name()) && isReading(method, type))
                        || isCursor(method))
        || all.stream()
            .filter(method -> isReading(method, type))
            .anyMatch(method -> advances(method, endQuestions(all), isCloseable));
  }

  private static boolean advances(
      InstanceMethod method, List<String> endQuestions, boolean isCloseable) {
    if (ADVANCES.matcher(method.name()).matches()) {
      return isCloseable || !endQuestions.isEmpty();
    }
    if (READS_PART.matcher(method.name()).matches()) {
      return !endQuestions.isEmpty();
    }
    Matcher next = NEXT_PART.matcher(method.name());
    return next.matches()
        && ((isCloseable && !method.result().getKind().isPrimitive())
            || endQuestions.stream().anyMatch(question -> question.contains(next.group(1))));
  }

  /** The next page of an immutable object is another object of its type. */
  private boolean isReading(InstanceMethod method, DeclaredType type) {
    return method.parameters().isEmpty()
        && method.result().getKind() != TypeKind.VOID
        && !methods.isItself(method.result(), type);
  }

  /** As {@code ResultSet.next()}. */
  private static boolean isCursor(InstanceMethod method) {
    return method.parameters().isEmpty()
        && method.result().getKind() == TypeKind.BOOLEAN
        && (method.name().equals("next")
            || method.name().equals("moveNext")
            || method.name().equals("moveToNext"));
  }

  private static List<String> endQuestions(List<InstanceMethod> methods) {
    return methods.stream()
        .filter(method -> method.parameters().isEmpty())
        .filter(method -> method.result().getKind() == TypeKind.BOOLEAN)
        .map(InstanceMethod::name)
        .filter(name -> ASKS_FOR_END.matcher(name).matches())
        .toList();
  }

  private boolean fillsBuffer(InstanceMethod method) {
    return method.name().equals("read")
        && !method.parameters().isEmpty()
        && isBuffer(method.parameters().get(0));
  }

  private boolean isBuffer(TypeMirror type) {
    return type.getKind() == TypeKind.ARRAY || buffers.test(type);
  }
}
