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
import java.util.Set;
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

/** Reads how the return type of a method affects its retries. */
final class ReturnReader {

  /** Interfaces of the JDK whose methods read the stream in no way but through its iterator. */
  private static final Set<String> ITERATOR_ONLY =
      Set.of(
          "java.lang.AutoCloseable",
          "java.io.Closeable",
          "java.lang.Iterable",
          "java.util.Iterator");

  /** A type that does not exist yet may turn out to be a stream. */
  private static final ReturnSpec UNRESOLVED =
      new ReturnSpec(
          ReturnFamily.VALUE, null, null, new PullSource(ElementSource.STREAM, null), null, null);

  /** A stream that the generated code cannot read ahead. */
  private static final ReturnSpec OPENING_ONLY = ReturnSpec.stream(null, null);

  private final ReaderContext context;
  private final Types types;
  private final Supertypes supertypes;
  private final TypeNames names;
  private final EmissionNotes notes;
  private final SignatureReader signatures;

  ReturnReader(ReaderContext context, SignatureReader signatures) {
    this.context = context;
    this.types = context.types();
    this.supertypes = context.supertypes();
    this.names = context.names();
    this.notes = context.notes();
    this.signatures = signatures;
  }

  /**
   * Reads a return type.
   *
   * @param untilFirst whether streams are retried until their first element
   */
  ReturnSpec read(TypeMirror type, boolean untilFirst) {
    if (type.getKind() == TypeKind.ERROR) {
      return UNRESOLVED;
    }
    ReturnFamily family = context.classifier().familyOf(type);
    if (family != ReturnFamily.VALUE && isRaw(type)) {
      notes.noteUnchecked();
    }
    ReturnSpec found =
        switch (family) {
          case VALUE -> value(type);
          case FUTURE -> async(family, type, elementOf(type));
          case PUBLISHER -> async(family, type, elementOf(type));
          case STREAM -> untilFirst ? stream(type) : pulled(null, null, elementOf(type));
        };
    return family == ReturnFamily.VALUE
        ? found
        : found.withLazyPart(nameOf(context.classifier().lazyPartOfElements(type)));
  }

  private static boolean isRaw(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type).getTypeArguments().isEmpty()
        && !((TypeElement) ((DeclaredType) type).asElement()).getTypeParameters().isEmpty();
  }

  private ReturnSpec value(TypeMirror type) {
    boolean isChained =
        types.isSameType(types.erasure(type), types.erasure(context.type().asType()));
    TypeMirror lazyPart = isChained ? null : context.classifier().lazyPartOf(type);
    boolean isChecked = type.getKind() != TypeKind.VOID && !type.getKind().isPrimitive();
    return ReturnSpec.value(isChecked ? supertypes.elements(type) : null, nameOf(lazyPart));
  }

  private @Nullable String nameOf(@Nullable TypeMirror lazyPart) {
    return lazyPart == null ? null : types.erasure(lazyPart).toString();
  }

  private ReturnSpec async(
      ReturnFamily family, TypeMirror type, @Nullable StreamElements elements) {
    AsyncAdapter adapter = TypeClassifier.adapterOf(type);
    String missing =
        adapter == null || context.isVisible(adapter.required().canonicalName())
            ? null
            : adapter.artifact();
    return new ReturnSpec(family, adapter, missing, null, elements, null);
  }

  private ReturnSpec stream(TypeMirror type) {
    ElementSource source = TypeClassifier.sourceOf(type);
    if (source != null) {
      return pulled(source, null, elementOf(type));
    }
    if (type.getKind() == TypeKind.DECLARED) {
      DeclaredType declared = (DeclaredType) type;
      Element element = declared.asElement();
      if (element.getKind() == ElementKind.INTERFACE
          && !element.getModifiers().contains(Modifier.SEALED)) {
        return handle(declared);
      }
    }
    return OPENING_ONLY;
  }

  private ReturnSpec handle(DeclaredType type) {
    List<Member> openers = new ArrayList<>();
    List<Signature> methods = new ArrayList<>();
    List<Member> members = Members.of(types, supertypes.interfaces(type));
    boolean hasAbstractOpener =
        members.stream().anyMatch(member -> isOpener(member) && !isDefault(member));
    for (Member member : members) {
      boolean isOpener = isOpener(member);
      if (isOpener && hasAbstractOpener && isDefault(member)) {
        // It is inherited: all that it can open is what the abstract one returns.
        continue;
      }
      if (isOpener) {
        openers.add(member);
        notes.noteDeprecation(member.main().method());
      } else if (mayReadStream(member)) {
        return OPENING_ONLY;
      }
      // Default methods of the JDK's interfaces work on what the others return.
      if (isOpener || !isDefault(member)) {
        methods.add(signatures.readInner(member, type));
      }
    }
    notes.noteCloseable();
    notes.noteInner(supertypes.memberNames(type));
    DeclaredType iterator = supertypes.find(type, "java.util.Iterator");
    if (hasWildcards(type) || openers.size() != (iterator == null ? 1 : 0)) {
      return OPENING_ONLY;
    }
    if (iterator != null) {
      return handle(type, null, ElementSource.ITERATOR, iterator, methods);
    }
    Member opener = openers.get(0);
    String name = opener.main().method().getSimpleName().toString();
    DeclaredType iterable = supertypes.find(type, "java.lang.Iterable");
    if (name.equals("iterator") && iterable != null) {
      return handle(type, null, ElementSource.ITERABLE, iterable, methods);
    }
    TypeMirror stream = opener.returnType(types);
    return handle(type, name, TypeClassifier.sourceOf(stream), stream, methods);
  }

  private ReturnSpec handle(
      DeclaredType type,
      @Nullable String opener,
      @Nullable ElementSource source,
      TypeMirror stream,
      List<Signature> methods) {
    StreamHandle handle = new StreamHandle(names.get(type), opener, names.get(stream), methods);
    return pulled(source, handle, elementOf(stream));
  }

  private static boolean isDefault(Member member) {
    return member.main().method().isDefault();
  }

  /** Returns whether a method opens the stream. Generated code calls it as a {@code Supplier}. */
  private boolean isOpener(Member member) {
    ExecutableElement method = member.main().method();
    return method.getParameters().isEmpty()
        && method.getTypeParameters().isEmpty()
        && TypeClassifier.sourceOf(member.returnType(types)) != null
        && supertypes.checked(member.thrown(types)).isEmpty();
  }

  private static ReturnSpec pulled(
      @Nullable ElementSource source,
      @Nullable StreamHandle handle,
      @Nullable StreamElements elements) {
    PullSource pullSource = source == null ? null : new PullSource(source, handle);
    return ReturnSpec.stream(pullSource, elements);
  }

  /**
   * Returns whether a method may read the stream and so miss elements that were read ahead: a
   * default method of a library, whose body is unknown, or a method of the JDK that reads in
   * another way.
   */
  private static boolean mayReadStream(Member member) {
    String owner = member.main().owner().getQualifiedName().toString();
    return owner.startsWith("java.")
        ? !isDefault(member) && !ITERATOR_ONLY.contains(owner)
        : isDefault(member);
  }

  /** A class cannot implement a type whose arguments are wildcards. */
  private static boolean hasWildcards(DeclaredType type) {
    return type.getTypeArguments().stream().anyMatch(WildcardType.class::isInstance);
  }

  /** Streams, iterators and publishers have at most one type argument in all libraries. */
  private @Nullable StreamElements elementOf(TypeMirror type) {
    if (type.getKind() != TypeKind.DECLARED) {
      return null;
    }
    if (isRaw(type)) {
      return supertypes.objects();
    }
    List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
    return arguments.size() == 1 ? elements(arguments.get(0)) : null;
  }

  private StreamElements elements(TypeMirror argument) {
    if (argument instanceof WildcardType wildcard) {
      TypeMirror bound = wildcard.getExtendsBound();
      return bound == null ? supertypes.objects() : supertypes.elements(bound);
    }
    return supertypes.elements(argument);
  }
}
