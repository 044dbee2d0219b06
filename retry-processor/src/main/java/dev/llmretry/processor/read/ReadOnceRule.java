package dev.llmretry.processor.read;

import dev.llmretry.processor.read.InstanceMethods.InstanceMethod;
import java.util.Collections;
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

  /** As a lexer asks, and a page of results does not. */
  private static final Pattern AT_END = Pattern.compile("(?:is)?(?:AtEnd|Eof)|atEnd|eof");

  private static final Set<String> READS = Set.of("nextLine", "readLine");

  /** As {@code ResultSet.next()}, which returns whether there is a row. */
  private static final Set<String> MOVES = Set.of("next", "moveNext", "moveToNext");

  /** What a cursor to the next page, or the page itself, may be. */
  private static final Set<String> DATA =
      Set.of(
          "java.util.Collection",
          "java.util.Map",
          "java.util.Optional",
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.Future");

  private static final Set<String> NUMBERS =
      Set.of("java.lang.Integer", "java.lang.Long", "java.lang.Short", "java.lang.Byte");

  /** As {@code size()}. */
  private static final Set<String> SIZES = Set.of("isEmpty", "size");

  /** As {@code get(key)} and {@code getSheetAt(index)}. */
  private static final Pattern LOOKS_UP = Pattern.compile("get(?:[A-Z]\\w*)?");

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
    List<InstanceMethod> all = methods.of(type);
    if (isCloseable
        && names.contains("java.lang.Iterable")
        && all.stream().noneMatch(ReadOnceRule::isOfCollection)) {
      return true; // such as a DirectoryStream, which can be iterated over once
    }
    if (all.stream().anyMatch(ReadOnceRule::copies)) {
      return false;
    }
    return all.stream()
            .anyMatch(
                method ->
                    fillsBuffer(method, type)
                        || (READS.contains(method.name()) && isReading(method, type))
                        || isCursor(method, type))
        || all.stream()
            .filter(method -> isReading(method, type))
            .anyMatch(method -> advances(method, endQuestions(all), isCloseable));
  }

  /** Something that can be closed may be a collection nevertheless, such as a cache. */
  private static boolean isOfCollection(InstanceMethod method) {
    return method.parameters().isEmpty()
        ? SIZES.contains(method.name())
        : method.parameters().size() == 1
            && method.result().getKind() != TypeKind.VOID
            && LOOKS_UP.matcher(method.name()).matches();
  }

  /** Only data can be copied to a builder. */
  private static boolean copies(InstanceMethod method) {
    return method.parameters().isEmpty() && method.name().equals("toBuilder");
  }

  private boolean advances(InstanceMethod method, List<String> endQuestions, boolean isCloseable) {
    if (ADVANCES.matcher(method.name()).matches()) {
      return isCloseable || !endQuestions.isEmpty();
    }
    if (READS_PART.matcher(method.name()).matches()) {
      return !endQuestions.isEmpty();
    }
    Matcher next = NEXT_PART.matcher(method.name());
    return next.matches()
        && Collections.disjoint(supertypes.names(method.result()), DATA)
        && ((isCloseable && !method.result().getKind().isPrimitive())
            || endQuestions.stream()
                .anyMatch(
                    question ->
                        question.contains(next.group(1)) || AT_END.matcher(question).matches()));
  }

  /**
   * Returns whether a method may read something. The next page of an immutable object is another
   * object of its type, and a component of a record is always the same.
   */
  private boolean isReading(InstanceMethod method, DeclaredType type) {
    return method.parameters().isEmpty()
        && method.result().getKind() != TypeKind.VOID
        && !methods.isItself(method.result(), type)
        && !Contents.components(type).contains(method.name());
  }

  private boolean isCursor(InstanceMethod method, DeclaredType type) {
    return isReading(method, type)
        && method.result().getKind() == TypeKind.BOOLEAN
        && MOVES.contains(method.name());
  }

  private static List<String> endQuestions(List<InstanceMethod> methods) {
    return methods.stream()
        .filter(method -> method.parameters().isEmpty())
        .filter(method -> method.result().getKind() == TypeKind.BOOLEAN)
        .map(InstanceMethod::name)
        .filter(name -> ASKS_FOR_END.matcher(name).matches())
        .toList();
  }

  /**
   * Returns whether a method fills an array or a buffer, or reads into a sink and returns how much.
   * A codec reads from its argument, and returns a value.
   */
  private boolean fillsBuffer(InstanceMethod method, DeclaredType type) {
    if (!method.name().equals("read") || method.parameters().isEmpty()) {
      return false;
    }
    TypeMirror target = method.parameters().get(0);
    TypeMirror result = method.result();
    if (target.getKind() == TypeKind.ARRAY
        || supertypes.names(target).contains("java.nio.Buffer")) {
      return result.getKind() == TypeKind.VOID
          || isNumber(result)
          || methods.isItself(result, type);
    }
    return isNumber(result) && buffers.test(target);
  }

  private boolean isNumber(TypeMirror type) {
    return (type.getKind().isPrimitive() && type.getKind() != TypeKind.BOOLEAN)
        || !Collections.disjoint(supertypes.names(type), NUMBERS);
  }
}
