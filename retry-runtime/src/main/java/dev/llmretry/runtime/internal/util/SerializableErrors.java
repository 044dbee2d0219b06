package dev.llmretry.runtime.internal.util;

import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Keeps our own exceptions and reports serializable, although they refer to those of others. */
public final class SerializableErrors {

  /** Set while an exception is serialized to find out whether that is possible. */
  private static final ThreadLocal<Boolean> TRYING = new ThreadLocal<>();

  private SerializableErrors() {}

  /** Returns {@code error} if it is null or can be serialized, else a {@linkplain #copyOf copy}. */
  public static @Nullable Throwable serializable(@Nullable Throwable error) {
    return error == null || isSerializable(error) ? error : copyOf(error);
  }

  /**
   * Returns an exception that can be serialized, with the text, the message, the stack trace and
   * the causes of {@code error}.
   */
  public static Throwable copyOf(Throwable error) {
    return ErrorCopy.of(error, Throwables.MAX_DEPTH);
  }

  /** Gives {@code copy} the stack trace and the suppressed exceptions of {@code original}. */
  public static <X extends Throwable> X withDetailsOf(Throwable original, X copy) {
    copy.setStackTrace(Throwables.stackTraceOf(original));
    for (Throwable suppressed : original.getSuppressed()) {
      copy.addSuppressed(isSerializable(suppressed) ? suppressed : copyOf(suppressed));
    }
    return copy;
  }

  /**
   * An exception within the one that is tried is written as it is: if that fails, so does the outer
   * one, and each exception is tried once only.
   */
  private static boolean isSerializable(Throwable error) {
    if (TRYING.get() != null) {
      return true;
    }
    TRYING.set(true);
    try (var stream = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      stream.writeObject(error);
      return true;
    } catch (Throwable e) {
      return false;
    } finally {
      TRYING.remove();
    }
  }

  @SuppressWarnings("OverrideThrowableToString") // the text begins with the name of another class
  private static final class ErrorCopy extends Exception {

    private static final long serialVersionUID = 1;

    private final String text;

    private ErrorCopy(Throwable error, @Nullable Throwable cause) {
      super(Throwables.messageOf(error), cause, false, true);
      text = Throwables.textOf(error);
      setStackTrace(Throwables.stackTraceOf(error));
    }

    static ErrorCopy of(Throwable error, int depth) {
      Throwable cause = depth == 0 ? null : Throwables.causeOf(error);
      return new ErrorCopy(error, cause == null ? null : of(cause, depth - 1));
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
