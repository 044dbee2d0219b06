package dev.llmretry.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With stand-ins of the libraries' names and superclasses, so that the tests need no library. */
class LibraryExceptionsTest {

  @TempDir Path classes;

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      textBlock =
          """
          org.apache.hc.core5.http.ConnectionRequestTimeoutException, java.io.InterruptedIOException, TIMEOUT
          org.apache.http.conn.ConnectTimeoutException, java.io.InterruptedIOException, TIMEOUT
          io.netty.channel.ConnectTimeoutException, java.net.ConnectException, TIMEOUT
          io.netty.handler.timeout.TimeoutException, java.lang.RuntimeException, TIMEOUT
          okhttp3.internal.http2.StreamResetException, java.io.IOException, NETWORK
          okhttp3.internal.http2.ConnectionShutdownException, java.io.IOException, NETWORK
          org.apache.hc.core5.http.NoHttpResponseException, java.io.IOException, NETWORK
          org.apache.hc.core5.http.ConnectionClosedException, java.io.IOException, NETWORK
          org.apache.hc.client5.http.ConnectTimeoutException, java.net.SocketTimeoutException, TIMEOUT
          org.apache.hc.client5.http.HttpHostConnectException, java.net.ConnectException, NETWORK
          com.openai.errors.OpenAIRetryableException, java.lang.RuntimeException, SERVER
          com.anthropic.errors.AnthropicRetryableException, java.lang.RuntimeException, SERVER
          com.anthropic.errors.NoCredentialsException, java.lang.RuntimeException, UNAUTHORIZED
          com.fasterxml.jackson.core.JacksonException, java.io.IOException, UNKNOWN
          com.fasterxml.jackson.core.JsonProcessingException, java.io.IOException, UNKNOWN
          com.google.gson.stream.MalformedJsonException, java.io.IOException, UNKNOWN
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

  private static FailureKind kindOf(Class<?> type) throws ReflectiveOperationException {
    Exception error = (Exception) type.getDeclaredConstructor().newInstance();
    return new StandardClassifier(List.of()).classify(error, InstantSource.system()).kind();
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
