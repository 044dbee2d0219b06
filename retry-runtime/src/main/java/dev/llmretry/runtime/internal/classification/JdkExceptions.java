package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.FailureKind.CANCELLED;
import static dev.llmretry.FailureKind.NETWORK;
import static dev.llmretry.FailureKind.TIMEOUT;
import static dev.llmretry.FailureKind.UNKNOWN;
import static dev.llmretry.runtime.internal.classification.Classification.Confidence.DEFINITE;
import static dev.llmretry.runtime.internal.classification.Classification.Confidence.GENERIC;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.classification.Classification.Confidence;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectStreamException;
import java.io.UTFDataFormatException;
import java.io.UnsupportedEncodingException;
import java.net.HttpRetryException;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.InvalidPropertiesFormatException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies exceptions by class alone: the JDK's, and those of HTTP clients, which extend the
 * JDK's or are {@linkplain LibraryExceptions listed by name}.
 */
final class JdkExceptions {

  /** {@link Error}s are never retried. */
  static final Classification ERROR = Classification.definite(UNKNOWN, "Error");

  private static final String URL_CONNECTION = "Server returned HTTP response code: ";

  /**
   * A class, or instances of it with certain messages.
   *
   * @param messages in lower case; empty for all
   */
  private record Row(
      Class<? extends Throwable> type, Set<String> messages, Classification classification) {

    boolean matches(Throwable error) {
      return type.isInstance(error) && (messages.isEmpty() || messages.contains(message(error)));
    }

    private static String message(Throwable error) {
      String message = HttpFailures.messageOf(error);
      return message == null || message.length() > 100 ? "" : Ascii.lowerCase(message);
    }
  }

  private static final Row INTERRUPTED_IO = row(InterruptedIOException.class, CANCELLED, DEFINITE);

  /** The first match applies, so subclasses precede their superclasses. */
  private static final List<Row> ROWS =
      List.of(
          row(InterruptedException.class, CANCELLED, DEFINITE),
          row(CancellationException.class, CANCELLED, DEFINITE),
          row(ClosedByInterruptException.class, CANCELLED, DEFINITE),
          row(FileLockInterruptionException.class, CANCELLED, DEFINITE),
          // Thrown by a virtual thread that is interrupted during a socket read or write.
          row(SocketException.class, CANCELLED, DEFINITE, "closed by interrupt"),

          // OkHttp's time-outs of a call and of a stream are InterruptedIOExceptions.
          row(SocketTimeoutException.class, TIMEOUT, DEFINITE),
          row(InterruptedIOException.class, TIMEOUT, DEFINITE, "timeout", "deadline reached"),
          INTERRUPTED_IO,
          row(InterruptedByTimeoutException.class, TIMEOUT, DEFINITE),
          row(TimeoutException.class, TIMEOUT, DEFINITE),

          // An invalid certificate is permanent. If TLS fails because of one, it is the cause of
          // the SSLHandshakeException, which is only GENERIC.
          row(CertificateException.class, UNKNOWN, DEFINITE),
          row(CertPathValidatorException.class, UNKNOWN, DEFINITE),
          row(CertPathBuilderException.class, UNKNOWN, DEFINITE),
          row(SSLPeerUnverifiedException.class, UNKNOWN, DEFINITE),
          row(SSLException.class, NETWORK, GENERIC),

          // Includes ConnectException, NoRouteToHostException and PortUnreachableException.
          row(SocketException.class, NETWORK, DEFINITE),
          row(UnknownHostException.class, NETWORK, DEFINITE),
          row(UnresolvedAddressException.class, NETWORK, DEFINITE),
          row(EOFException.class, NETWORK, DEFINITE),
          row(ClosedChannelException.class, NETWORK, DEFINITE),

          // OkHttp's message for a truncated response is "unexpected end of stream"; other protocol
          // errors (too many redirects, a bad status line) are permanent.
          row(ProtocolException.class, NETWORK, DEFINITE, "unexpected end of stream"),
          row(ProtocolException.class, UNKNOWN, DEFINITE),

          // IOExceptions unrelated to the network: files, formats, incorrect use.
          row(FileSystemException.class, UNKNOWN, DEFINITE),
          row(FileNotFoundException.class, UNKNOWN, DEFINITE),
          row(ObjectStreamException.class, UNKNOWN, DEFINITE),
          row(UnsupportedEncodingException.class, UNKNOWN, DEFINITE),
          row(CharConversionException.class, UNKNOWN, DEFINITE),
          row(CharacterCodingException.class, UNKNOWN, DEFINITE),
          row(UTFDataFormatException.class, UNKNOWN, DEFINITE),
          row(ZipException.class, UNKNOWN, DEFINITE),
          row(InvalidPropertiesFormatException.class, UNKNOWN, DEFINITE),
          row(MalformedURLException.class, UNKNOWN, DEFINITE),
          row(UnknownServiceException.class, UNKNOWN, DEFINITE),
          row(HttpRetryException.class, UNKNOWN, DEFINITE),

          // OkHttp; java.net.http.
          row(IOException.class, CANCELLED, DEFINITE, "canceled", "request cancelled"),
          row(IOException.class, NETWORK, GENERIC));

  private JdkExceptions() {}

  /**
   * Returns null if the class of {@code error} does not determine a kind.
   *
   * @param cutOff whether the call or the attempt has been cancelled or interrupted here
   */
  static @Nullable Classification classify(Throwable error, boolean cutOff) {
    Classification known = LibraryExceptions.classify(error);
    if (known == null) {
      known = byUrlConnection(error);
    }
    if (known != null) {
      return known;
    }
    for (Row row : ROWS) {
      if (!cutOff && row.equals(INTERRUPTED_IO)) {
        continue; // nobody has interrupted it: as any IOException
      }
      if (row.matches(error)) {
        return row.classification();
      }
    }
    return null;
  }

  /**
   * {@link java.net.HttpURLConnection} reports the status only in the message of a plain
   * IOException.
   */
  private static @Nullable Classification byUrlConnection(Throwable error) {
    if (error.getClass() != IOException.class) {
      return null;
    }
    String message = HttpFailures.messageOf(error);
    if (message == null || !message.startsWith(URL_CONNECTION)) {
      return null;
    }
    int end = Math.min(message.length(), URL_CONNECTION.length() + 3);
    int status = StatusRules.statusIn(message.substring(URL_CONNECTION.length(), end));
    FailureKind kind = StatusRules.kindOf(status);
    return new Classification(
        new Failure(kind, null, status, "HTTP " + status),
        kind == UNKNOWN ? Confidence.ANSWERED : Confidence.BY_STATUS);
  }

  private static Row row(
      Class<? extends Throwable> type,
      FailureKind kind,
      Confidence confidence,
      String... messages) {
    return new Row(
        type,
        Set.of(messages),
        new Classification(Failure.of(kind, type.getSimpleName()), confidence));
  }
}
