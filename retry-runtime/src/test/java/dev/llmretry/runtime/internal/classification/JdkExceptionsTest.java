package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.FailureKind.CANCELLED;
import static dev.llmretry.FailureKind.INVALID_REQUEST;
import static dev.llmretry.FailureKind.NETWORK;
import static dev.llmretry.FailureKind.OVERLOADED;
import static dev.llmretry.FailureKind.RATE_LIMITED;
import static dev.llmretry.FailureKind.TIMEOUT;
import static dev.llmretry.FailureKind.UNAUTHORIZED;
import static dev.llmretry.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.InvalidClassException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JdkExceptionsTest {

  static Stream<Arguments> alone() {
    return Stream.of(
        arguments(new HttpTimeoutException("request timed out"), TIMEOUT),
        arguments(new HttpConnectTimeoutException("HTTP connect timed out"), TIMEOUT),
        arguments(new SocketTimeoutException("Read timed out"), TIMEOUT),
        arguments(new TimeoutException(), TIMEOUT),
        arguments(new InterruptedByTimeoutException(), TIMEOUT),
        arguments(new InterruptedIOException("timeout"), TIMEOUT),
        arguments(new InterruptedIOException("Timeout"), TIMEOUT),
        arguments(new InterruptedIOException("deadline reached"), TIMEOUT),
        arguments(new ConnectException("Connection refused"), NETWORK),
        arguments(new NoRouteToHostException(), NETWORK),
        arguments(new PortUnreachableException(), NETWORK),
        arguments(new UnknownHostException("api.example"), NETWORK),
        arguments(new UnresolvedAddressException(), NETWORK),
        arguments(new SocketException("Connection reset"), NETWORK),
        arguments(new EOFException(), NETWORK),
        arguments(new ClosedChannelException(), NETWORK),
        arguments(new AsynchronousCloseException(), NETWORK),
        arguments(new IOException("HTTP/2 GOAWAY received"), NETWORK),
        arguments(new IOException(), NETWORK),
        arguments(new SSLException("Connection reset"), NETWORK),
        arguments(new SSLHandshakeException("Remote host terminated the handshake"), NETWORK),
        arguments(new SSLProtocolException("bad record"), NETWORK),
        arguments(new ProtocolException("unexpected end of stream"), NETWORK),
        arguments(new ProtocolException("Too many follow-up requests: 21"), UNKNOWN),
        arguments(new SSLPeerUnverifiedException("Hostname not verified"), UNKNOWN),
        arguments(new CertificateException(), UNKNOWN),
        arguments(new NoSuchFileException("prompt.txt"), UNKNOWN),
        arguments(new AccessDeniedException("prompt.txt"), UNKNOWN),
        arguments(new FileNotFoundException("prompt.txt"), UNKNOWN),
        arguments(new InvalidClassException("x"), UNKNOWN),
        arguments(new UnsupportedEncodingException("x"), UNKNOWN),
        arguments(new CharConversionException("x"), UNKNOWN),
        arguments(new MalformedInputException(1), UNKNOWN),
        arguments(new UTFDataFormatException("x"), UNKNOWN),
        arguments(new ZipException("Not in GZIP format"), UNKNOWN),
        arguments(new MalformedURLException("no protocol"), UNKNOWN),
        arguments(new UnknownServiceException("x"), UNKNOWN),
        arguments(new HttpRetryException("cannot retry", 401), UNKNOWN),
        arguments(new InterruptedException(), CANCELLED),
        arguments(new CancellationException(), CANCELLED),
        arguments(new ClosedByInterruptException(), CANCELLED),
        arguments(new FileLockInterruptionException(), CANCELLED),
        arguments(new InterruptedIOException("interrupted"), NETWORK),
        arguments(new InterruptedIOException(), NETWORK),
        arguments(new SocketException("Closed by interrupt"), CANCELLED),
        arguments(new IOException("Canceled"), CANCELLED),
        arguments(new IOException("Request cancelled"), CANCELLED),
        arguments(new IllegalStateException("boom"), UNKNOWN),
        arguments(new IllegalArgumentException("overloaded_error 429"), UNKNOWN),
        arguments(new Exception(), UNKNOWN),
        arguments(new NullPointerException(), UNKNOWN));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("alone")
  void aClassTellsWhatItMeans(Throwable error, FailureKind kind) {
    assertThat(kindOf(error)).isEqualTo(kind);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("alone")
  void wrappersAreLookedThrough(Throwable error, FailureKind kind) {
    assertThat(kindOf(new ExecutionException(error))).isEqualTo(kind);
    assertThat(kindOf(new CompletionException(new RuntimeException(error)))).isEqualTo(kind);
    if (error instanceof IOException io) {
      assertThat(kindOf(new UncheckedIOException(io))).isEqualTo(kind);
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("chains")
  void ofAChainTheMoreSpecificDecides(Throwable error, FailureKind kind) {
    assertThat(kindOf(error)).isEqualTo(kind);
  }

  static Stream<Arguments> chains() {
    return Stream.of(
        arguments(new IOException("x", new SocketTimeoutException()), TIMEOUT),
        arguments(new IOException("x", new IOException(new ConnectException())), NETWORK),
        arguments(new IOException("x", new InterruptedException()), CANCELLED),
        arguments(caused(new InterruptedIOException(), new InterruptedException()), CANCELLED),
        arguments(caused(new InterruptedIOException(), new HttpError(401)), UNAUTHORIZED),
        arguments(new IOException("x", new NoSuchFileException("x")), UNKNOWN),
        arguments(new IOException("x", new IllegalStateException("boom")), NETWORK),
        arguments(new IOException("x", new HttpError(401)), UNAUTHORIZED),
        arguments(new IOException("x", new HttpError(418)), UNKNOWN),
        arguments(new IOException("x", new KnownError(OVERLOADED)), OVERLOADED),
        arguments(new IOException("x", new OutOfMemoryError()), UNKNOWN),
        arguments(
            caused(new InterruptedIOException("timeout"), new IOException("Canceled")), TIMEOUT),
        arguments(
            caused(new SSLHandshakeException("PKIX path building failed"), certificate()), UNKNOWN),
        arguments(
            caused(new SSLHandshakeException("x"), new CertPathValidatorException("x")), UNKNOWN),
        arguments(
            caused(
                new SSLHandshakeException("outer"),
                caused(new SSLHandshakeException("inner"), certificate())),
            UNKNOWN),
        arguments(caused(new SSLHandshakeException("x"), new EOFException()), NETWORK),
        arguments(caused(new SSLException("x"), new SocketTimeoutException()), TIMEOUT),
        arguments(caused(new ConnectException("x"), new ClosedChannelException()), NETWORK),
        arguments(caused(new HttpConnectTimeoutException("x"), new ConnectException("x")), TIMEOUT),
        arguments(new CompletionException(new CancellationException()), CANCELLED),
        arguments(new IllegalStateException(new SocketTimeoutException()), TIMEOUT));
  }

  @Test
  void urlConnectionsErrorsAreJudgedByTheStatusInTheirText() {
    String text = "Server returned HTTP response code: %s for URL: https://api.example/v1";
    assertThat(classify(new IOException(text.formatted(429))).kind()).isEqualTo(RATE_LIMITED);
    assertThat(classify(new IOException(text.formatted(429))).statusCode()).isEqualTo(429);
    assertThat(kindOf(new IOException(text.formatted(400)))).isEqualTo(INVALID_REQUEST);
    assertThat(kindOf(new IOException(text.formatted(418)))).isEqualTo(UNKNOWN);
    assertThat(kindOf(new IOException("Server returned HTTP response code: "))).isEqualTo(UNKNOWN);
    var unrelated = new KnownError(INVALID_REQUEST);
    assertThat(kindOf(new IOException(text.formatted(429), unrelated))).isEqualTo(RATE_LIMITED);
    assertThat(kindOf(new IOException(text.formatted(418), unrelated))).isEqualTo(INVALID_REQUEST);
  }

  @Test
  void anInterruptedIoExceptionIsACancellationIfTheAttemptWasCutOff() {
    StandardClassifier classifier = new StandardClassifier(List.of());
    assertThat(classifier.classify(new InterruptedIOException(), InstantSource.system(), true))
        .isEqualTo(Failure.of(CANCELLED, "InterruptedIOException"));
    assertThat(
            classifier
                .classify(new InterruptedIOException("timeout"), InstantSource.system(), true)
                .kind())
        .isEqualTo(TIMEOUT);
    assertThat(classifier.classify(new SocketException(), InstantSource.system(), true).kind())
        .isEqualTo(NETWORK);
  }

  @Test
  void anErrorIsNeverRetriedWhateverCausedIt() {
    assertThat(kindOf(new AssertionError(new SocketTimeoutException()))).isEqualTo(UNKNOWN);
    assertThat(kindOf(new CompletionException(new StackOverflowError()))).isEqualTo(UNKNOWN);
    assertThat(classify(new AssertionError(new HttpError(503))).statusCode()).isZero();
  }

  @Test
  void theReasonNamesTheClass() {
    assertThat(classify(new ConnectException()).reason()).isEqualTo("SocketException");
    assertThat(classify(new HttpConnectTimeoutException("x")).reason())
        .isEqualTo("HttpTimeoutException");
    assertThat(classify(new IllegalStateException()).reason())
        .isEqualTo("java.lang.IllegalStateException");
  }

  private static Exception certificate() {
    return new CertificateException(new CertificateExpiredException());
  }

  private static <T extends Throwable> T caused(T error, Throwable cause) {
    error.initCause(cause);
    return error;
  }

  private static FailureKind kindOf(Throwable error) {
    return classify(error).kind();
  }

  private static Failure classify(Throwable error) {
    return new StandardClassifier(List.of()).classify(error, InstantSource.system());
  }
}
