package dev.llmretry.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;

/**
 * Something that a compiler said, copied while its source file was still there.
 *
 * @param kind how serious it is
 * @param text what it says, in English
 * @param code the compiler's own name for it, or an empty string
 * @param file the name of the source file at which it points, such as {@code Chat.java}; empty if
 *     it points at none
 * @param source the text of that file
 * @param position the offset at which it points; -1 if at none
 * @param start the offset at which the code that is meant begins
 * @param end the offset after the end of that code
 * @param line counted from 1
 * @param column counted from 1
 */
record CompilerMessage(
    Kind kind,
    String text,
    String code,
    String file,
    String source,
    int position,
    int start,
    int end,
    long line,
    long column) {

  /**
   * Copies a message.
   *
   * @param lastIsEnd whether the compiler names the offset of the last character as the end
   */
  static CompilerMessage of(Diagnostic<? extends JavaFileObject> diagnostic, boolean lastIsEnd) {
    JavaFileObject origin = diagnostic.getSource();
    boolean isSource = origin != null && origin.getKind() == JavaFileObject.Kind.SOURCE;
    JavaFileObject file = isSource ? origin : null;
    String path = file == null ? "" : file.toUri().getPath();
    return new CompilerMessage(
        diagnostic.getKind(),
        diagnostic.getMessage(Locale.ENGLISH),
        String.valueOf(diagnostic.getCode()),
        path.substring(path.lastIndexOf('/') + 1),
        file == null ? "" : textOf(file),
        (int) diagnostic.getPosition(),
        (int) diagnostic.getStartPosition(),
        (int) diagnostic.getEndPosition() + (lastIsEnd ? 1 : 0),
        diagnostic.getLineNumber(),
        diagnostic.getColumnNumber());
  }

  private static String textOf(JavaFileObject file) {
    try {
      return Files.readString(Path.of(file.toUri()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns such as {@code LR001}, or an empty string if it is not ours. */
  String id() {
    return text.matches("(?s)LR\\d{3}: .*") ? text.substring(0, 5) : "";
  }

  boolean isOurs() {
    return !id().isEmpty();
  }

  /** Returns the code that is meant. */
  String target() {
    return start < 0 || end < start || end > source.length() ? "" : source.substring(start, end);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + kind + ": " + text;
  }
}
