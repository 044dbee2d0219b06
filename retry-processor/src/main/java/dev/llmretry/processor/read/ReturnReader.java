package dev.llmretry.processor.read;

import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.ElementSource;
import dev.llmretry.processor.model.PullSource;
import dev.llmretry.processor.model.ReturnFamily;
import dev.llmretry.processor.model.ReturnSpec;
import dev.llmretry.processor.model.Signature;
import dev.llmretry.processor.model.StreamElements;
import dev.llmretry.processor.model.StreamHandle;
import dev.llmretry.processor.read.Members.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what a return type means for a retry. */
final class ReturnReader {

  private static final Map<String, ElementSource> PULLED =
      Map.of(
          "java.util.stream.Stream", ElementSource.STREAM,
          "java.util.Iterator", ElementSource.ITERATOR,
          "java.lang.Iterable", ElementSource.ITERABLE);

  /** Of these it is known what each method does. */
  private static final Set<String> PLAIN =
      Set.of(
          "java.lang.AutoCloseable",
          "java.io.Closeable",
          "java.lang.Iterable",
          "java.util.Iterator");

  /** What does not exist may be a stream once it does. */
  private static final ReturnSpec NOT_THERE =
      new ReturnSpec(ReturnFamily.VALUE, null, new PullSource(ElementSource.STREAM, null), null);

  private final Types types;
  private final Supertypes supertypes;
  private final KnownTypes knownTypes;
  private final TypeNames names;
  private final SignatureReader signatures;
  private final Predicate<String> isVisible;

  /**
   * Makes a reader.
   *
   * @param isVisible whether generated code can name a class
   */
  ReturnReader(
      Types types,
      Supertypes supertypes,
      KnownTypes knownTypes,
      TypeNames names,
      SignatureReader signatures,
      Predicate<String> isVisible) {
    this.types = types;
    this.supertypes = supertypes;
    this.knownTypes = knownTypes;
    this.names = names;
    this.signatures = signatures;
    this.isVisible = isVisible;
  }

  /**
   * Reads a return type.
   *
   * @param untilFirst whether a stream is to be read until its first element
   */
  ReturnSpec read(TypeMirror type, boolean untilFirst) {
    if (type.getKind() == TypeKind.ERROR) {
      return NOT_THERE;
    }
    ReturnFamily family = knownTypes.familyOf(type);
    if (family != ReturnFamily.VALUE && isRaw(type)) {
      names.noteUnchecked();
    }
    return switch (family) {
      case VALUE -> new ReturnSpec(family, null, null, null);
      case FUTURE -> new ReturnSpec(family, adapter(type), null, null);
      case PUBLISHER -> new ReturnSpec(family, adapter(type), null, elementOf(type));
      case STREAM ->
          untilFirst ? stream(type) : new ReturnSpec(family, null, null, elementOf(type));
    };
  }

  private static boolean isRaw(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type).getTypeArguments().isEmpty()
        && !((TypeElement) ((DeclaredType) type).asElement()).getTypeParameters().isEmpty();
  }

  private @Nullable AsyncAdapter adapter(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        ? AsyncAdapters.find(nameOf((DeclaredType) type), isVisible)
        : null;
  }

  private static String nameOf(DeclaredType type) {
    return ((TypeElement) type.asElement()).getQualifiedName().toString();
  }

  private ReturnSpec stream(TypeMirror type) {
    ElementSource source = sourceOf(type);
    if (source != null) {
      return new ReturnSpec(
          ReturnFamily.STREAM, null, new PullSource(source, null), elementOf(type));
    }
    if (type.getKind() == TypeKind.DECLARED) {
      DeclaredType declared = (DeclaredType) type;
      Element element = declared.asElement();
      if (element.getKind() == ElementKind.INTERFACE
          && !element.getModifiers().contains(Modifier.SEALED)) {
        return handle(declared);
      }
    }
    return new ReturnSpec(ReturnFamily.STREAM, null, null, null);
  }

  private static @Nullable ElementSource sourceOf(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED ? PULLED.get(nameOf((DeclaredType) type)) : null;
  }

  /** What the JDK's interfaces implement in terms of the stream is left to them. */
  private ReturnSpec handle(DeclaredType type) {
    List<Member> opening = new ArrayList<>();
    List<Signature> methods = new ArrayList<>();
    for (Member member : Members.of(types, supertypes.interfaces(type))) {
      boolean isOpening = isOpening(member);
      if (isOpening) {
        opening.add(member);
        names.noteDeprecation(member.main().method());
      } else if (mayReadByItself(member)) {
        return new ReturnSpec(ReturnFamily.STREAM, null, null, null);
      }
      if (isOpening || !member.main().method().isDefault()) {
        methods.add(signatures.readInner(member));
      }
    }
    names.noteCloseable();
    names.noteInner(supertypes.memberNames(type));
    DeclaredType iterable = supertypes.find(type, "java.lang.Iterable");
    DeclaredType iterator = supertypes.find(type, "java.util.Iterator");
    if (opening.size() == 1 && iterator == null && isWritable(type)) {
      TypeMirror stream = opening.get(0).returnType(types);
      String name = opening.get(0).main().method().getSimpleName().toString();
      if (name.equals("iterator") && iterable != null) {
        StreamHandle handle = new StreamHandle(names.get(type), null, names.get(iterable), methods);
        return pulled(ElementSource.ITERABLE, handle, elementOf(iterable));
      }
      StreamHandle handle = new StreamHandle(names.get(type), name, names.get(stream), methods);
      ElementSource source = PULLED.get(nameOf((DeclaredType) stream));
      return pulled(source, handle, elementOf(stream));
    }
    if (opening.isEmpty() && iterator != null && isWritable(type)) {
      StreamHandle handle = new StreamHandle(names.get(type), null, names.get(iterator), methods);
      return pulled(ElementSource.ITERATOR, handle, elementOf(iterator));
    }
    return new ReturnSpec(ReturnFamily.STREAM, null, null, null);
  }

  /** It is called as a {@code Supplier}. */
  private boolean isOpening(Member member) {
    ExecutableElement method = member.main().method();
    return method.getParameters().isEmpty()
        && method.getTypeParameters().isEmpty()
        && sourceOf(member.returnType(types)) != null
        && supertypes.checked(member.thrown(types)).isEmpty();
  }

  private static ReturnSpec pulled(
      @Nullable ElementSource source, StreamHandle handle, @Nullable StreamElements elements) {
    PullSource pull = source == null ? null : new PullSource(source, handle);
    return new ReturnSpec(ReturnFamily.STREAM, null, pull, elements);
  }

  /**
   * Returns whether a method may read the stream, past what has been read: a default method of the
   * library's, whose body nobody knows, or one of the JDK's that reads in another way.
   */
  private static boolean mayReadByItself(Member member) {
    String owner = member.main().owner().getQualifiedName().toString();
    boolean isDefault = member.main().method().isDefault();
    return owner.startsWith("java.") ? !isDefault && !PLAIN.contains(owner) : isDefault;
  }

  /** What is implemented cannot have wildcards as its arguments. */
  private static boolean isWritable(DeclaredType type) {
    return type.getTypeArguments().stream().noneMatch(WildcardType.class::isInstance);
  }

  /** Streams, iterators and publishers of all libraries have one argument at most. */
  private @Nullable StreamElements elementOf(TypeMirror type) {
    if (type.getKind() != TypeKind.DECLARED) {
      return null;
    }
    if (isRaw(type)) {
      return StreamElements.OBJECTS;
    }
    List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
    return arguments.size() == 1 ? elements(arguments.get(0)) : null;
  }

  private StreamElements elements(TypeMirror argument) {
    if (argument instanceof WildcardType wildcard) {
      TypeMirror bound = wildcard.getExtendsBound();
      return bound == null ? StreamElements.OBJECTS : supertypes.elements(bound);
    }
    return supertypes.elements(argument);
  }
}
