package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.FailureKind.NETWORK;
import static dev.llmretry.FailureKind.TIMEOUT;
import static dev.llmretry.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureInfo;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With stand-ins of the libraries' names and superclasses, so that the tests need no library. */
class LibraryExceptionsTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  @TempDir Path classes;

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      textBlock =
          """
          org.apache.hc.core5.http.ConnectionRequestTimeoutException, java.io.InterruptedIOException, TIMEOUT
          org.apache.http.conn.ConnectTimeoutException, java.io.InterruptedIOException, TIMEOUT
          io.netty.channel.ConnectTimeoutException, java.net.ConnectException, TIMEOUT
          io.netty.handler.timeout.TimeoutException, java.lang.RuntimeException, TIMEOUT
          io.netty.handler.codec.PrematureChannelClosureException, java.lang.RuntimeException, NETWORK
          io.netty.handler.codec.http2.Http2Exception, java.lang.Exception, NETWORK
          io.netty.handler.codec.http2.Http2FrameStreamException, java.lang.Exception, NETWORK
          reactor.netty.channel.AbortedException, java.lang.RuntimeException, NETWORK
          io.vertx.core.http.HttpClosedException, java.lang.RuntimeException, NETWORK
          io.vertx.core.http.StreamResetException, java.lang.RuntimeException, NETWORK
          io.vertx.core.http.ConnectionPoolTooBusyException, java.lang.RuntimeException, NETWORK
          io.micronaut.http.client.exceptions.ReadTimeoutException, java.lang.RuntimeException, TIMEOUT
          io.micronaut.http.client.exceptions.ResponseClosedException, java.lang.RuntimeException, NETWORK
          io.helidon.webclient.api.RuntimeUnknownHostException, java.lang.RuntimeException, NETWORK
          io.ktor.client.plugins.HttpRequestTimeoutException, java.io.IOException, TIMEOUT
          okhttp3.internal.http2.StreamResetException, java.io.IOException, NETWORK
          okhttp3.internal.http2.ConnectionShutdownException, java.io.IOException, NETWORK
          org.apache.hc.core5.http.NoHttpResponseException, java.io.IOException, NETWORK
          org.apache.hc.core5.http.ConnectionClosedException, java.io.IOException, NETWORK
          org.apache.hc.client5.http.ConnectTimeoutException, java.net.SocketTimeoutException, TIMEOUT
          org.apache.hc.client5.http.HttpHostConnectException, java.net.ConnectException, NETWORK
          com.openai.errors.OpenAIRetryableException, java.lang.RuntimeException, SERVER
          com.anthropic.errors.AnthropicRetryableException, java.lang.RuntimeException, SERVER
          com.anthropic.errors.NoCredentialsException, java.lang.RuntimeException, UNAUTHORIZED
          software.amazon.awssdk.core.exception.ApiCallTimeoutException, java.lang.RuntimeException, TIMEOUT
          software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException, java.lang.RuntimeException, TIMEOUT
          software.amazon.awssdk.core.exception.AbortedException, java.lang.RuntimeException, CANCELLED
          dev.langchain4j.exception.AuthenticationException, java.lang.RuntimeException, UNAUTHORIZED
          dev.langchain4j.exception.ContentFilteredException, java.lang.RuntimeException, CONTENT_FILTERED
          dev.langchain4j.exception.InternalServerException, java.lang.RuntimeException, SERVER
          dev.langchain4j.exception.InvalidRequestException, java.lang.RuntimeException, INVALID_REQUEST
          dev.langchain4j.exception.ModelNotFoundException, java.lang.RuntimeException, NOT_FOUND
          dev.langchain4j.exception.RateLimitException, java.lang.RuntimeException, RATE_LIMITED
          dev.langchain4j.exception.TimeoutException, java.lang.RuntimeException, TIMEOUT
          dev.langchain4j.exception.UnsupportedFeatureException, java.lang.RuntimeException, UNSUPPORTED
          org.springframework.ai.retry.TransientAiException, java.lang.RuntimeException, SERVER
          com.fasterxml.jackson.core.JacksonException, java.io.IOException, UNKNOWN
          com.fasterxml.jackson.core.JsonProcessingException, java.io.IOException, UNKNOWN
          com.google.gson.stream.MalformedJsonException, java.io.IOException, UNKNOWN
          com.squareup.moshi.JsonEncodingException, java.io.IOException, UNKNOWN
          com.azure.json.implementation.jackson.core.JsonParseException, java.io.IOException, UNKNOWN
          com.azure.json.implementation.jackson.core.io.JsonEOFException, java.io.IOException, NETWORK
          software.amazon.awssdk.thirdparty.jackson.core.JsonParseException, java.io.IOException, UNKNOWN
          software.amazon.awssdk.thirdparty.jackson.core.io.JsonEOFException, java.io.IOException, NETWORK
          org.apache.hc.client5.http.ClientProtocolException, java.io.IOException, UNKNOWN
          org.apache.http.client.ClientProtocolException, java.io.IOException, UNKNOWN
          com.example.OtherException, java.io.IOException, NETWORK
          """)
  void aLibrarysExceptionAndItsSubclassesAreKnownByName(
      String name, String superclass, FailureKind kind) throws Exception {
    String simpleName = name.substring(name.lastIndexOf('.') + 1);
    String packageName = name.substring(0, name.lastIndexOf('.'));
    compile(
        name,
        "package %s; public class %s extends %s {}".formatted(packageName, simpleName, superclass));
    compile("user.Sub", "package user; public class Sub extends %s {}".formatted(name));
    ClassLoader loader = new DirectoryLoader(classes);
    assertThat(kindOf(loader.loadClass(name))).isEqualTo(kind);
    assertThat(kindOf(loader.loadClass("user.Sub"))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "dev.langchain4j.exception.RateLimitException, 429, insufficient_quota, QUOTA_EXHAUSTED",
    "dev.langchain4j.exception.InvalidRequestException, 418,, UNKNOWN",
    "org.springframework.ai.retry.TransientAiException, 401,, UNAUTHORIZED",
  })
  void aClassThatStandsForMuchYieldsToTheAnswer(
      String name, int status, String code, FailureKind kind) throws Exception {
    String simpleName = name.substring(name.lastIndexOf('.') + 1);
    String packageName = name.substring(0, name.lastIndexOf('.'));
    compile(
        name,
        "package %s; public class %s extends RuntimeException {}"
            .formatted(packageName, simpleName));
    Class<?> type = new DirectoryLoader(classes).loadClass(name);
    Exception error = (Exception) type.getDeclaredConstructor().newInstance();
    error.initCause(new HttpError(status).code(code));
    assertThat(kindOf(error)).isEqualTo(kind);
  }

  /** Jackson wraps what it meets inside a list. */
  @Test
  void anAnswerThatBreaksOffWhileItIsParsedIsNotMalformed() throws Exception {
    compile(
        "com.fasterxml.jackson.core.JacksonException",
        """
        package com.fasterxml.jackson.core;
        public class JacksonException extends java.io.IOException {
          public JacksonException(Throwable cause) { super(cause); }
        }
        """);
    Constructor<?> jackson =
        new DirectoryLoader(classes)
            .loadClass("com.fasterxml.jackson.core.JacksonException")
            .getConstructor(Throwable.class);
    assertThat(kindOf(wrap(jackson, new SocketTimeoutException()))).isEqualTo(TIMEOUT);
    assertThat(kindOf(wrap(jackson, new SocketException()))).isEqualTo(NETWORK);
    assertThat(kindOf(wrap(jackson, new IOException("Premature EOF")))).isEqualTo(NETWORK);
    assertThat(kindOf(wrap(jackson, wrap(jackson, new EOFException())))).isEqualTo(NETWORK);
    assertThat(kindOf(wrap(jackson, new FileNotFoundException()))).isEqualTo(UNKNOWN);
    assertThat(kindOf(wrap(jackson, new IllegalArgumentException()))).isEqualTo(UNKNOWN);
    assertThat(kindOf(wrap(jackson, wrap(jackson, null)))).isEqualTo(UNKNOWN);
    assertThat(kindOf(new IOException(wrap(jackson, null)))).isEqualTo(UNKNOWN);
  }

  @Test
  void theArtifactThatWouldReadAnUnknownExceptionIsNamed() throws Exception {
    compile(
        "retrofit2.HttpException",
        "package retrofit2; public class HttpException extends RuntimeException {}");
    compile("user.Sub", "package user; public class Sub extends retrofit2.HttpException {}");
    Class<?> type = new DirectoryLoader(classes).loadClass("user.Sub");
    Exception error = (Exception) type.getDeclaredConstructor().newInstance();
    assertThat(classify(error))
        .isEqualTo(Failure.of(UNKNOWN, "user.Sub, not read without retry-providers"));
    assertThat(classify(new ExecutionException(error)).reason())
        .isEqualTo("java.util.concurrent.ExecutionException, not read without retry-providers");
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("retrofit2.HttpException", "retry-providers", "logged once");
  }

  @Test
  void nothingIsMissingIfAnExtractorReadsTheException() throws Exception {
    compile(
        "feign.FeignException",
        "package feign; public class FeignException extends RuntimeException {}");
    Class<?> type = new DirectoryLoader(classes).loadClass("feign.FeignException");
    Exception error = (Exception) type.getDeclaredConstructor().newInstance();
    FailureExtractor extractor =
        new FailureExtractor() {
          @Override
          public Set<String> exceptionClasses() {
            return Set.of("feign.FeignException");
          }

          @Override
          public @Nullable FailureInfo extract(Throwable thrown) {
            return null;
          }
        };
    assertThat(new StandardClassifier(List.of(extractor)).classify(error, InstantSource.system()))
        .isEqualTo(Failure.of(UNKNOWN, "feign.FeignException"));
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void aResponseBehindAClassThatStandsForMuchIsMissed() throws Exception {
    String name = "dev.langchain4j.exception.HttpException";
    compile(
        name,
        "package dev.langchain4j.exception; public class HttpException extends RuntimeException {}");
    Class<?> type = new DirectoryLoader(classes).loadClass(name);
    Exception error = (Exception) type.getDeclaredConstructor().newInstance();
    assertThat(classify(new IOException(error))).isEqualTo(Failure.of(NETWORK, "IOException"));
    assertThat(log.warnings()).singleElement().asString().contains(name);
  }

  private static Exception wrap(Constructor<?> wrapper, Exception cause)
      throws ReflectiveOperationException {
    return (Exception) wrapper.newInstance(cause);
  }

  private static FailureKind kindOf(Class<?> type) throws ReflectiveOperationException {
    return kindOf((Exception) type.getDeclaredConstructor().newInstance());
  }

  private static FailureKind kindOf(Exception error) {
    return classify(error).kind();
  }

  private static Failure classify(Exception error) {
    return new StandardClassifier(List.of()).classify(error, InstantSource.system());
  }

  private void compile(String name, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    URI uri = URI.create("string:///" + name.replace('.', '/') + ".java");
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(uri, javax.tools.JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options = List.of("-d", classes.toString(), "-cp", classes.toString());
    assertThat(compiler.getTask(null, null, null, options, null, List.of(file)).call()).isTrue();
  }

  private static final class DirectoryLoader extends ClassLoader {
    private final Path directory;

    DirectoryLoader(Path directory) {
      super(ClassLoader.getPlatformClassLoader());
      this.directory = directory;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try {
        byte[] bytes = Files.readAllBytes(directory.resolve(name.replace('.', '/') + ".class"));
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
