package dev.llmretry.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs snippets that have been compiled. */
final class SnippetRun {

  private static final Pattern TYPE = Pattern.compile("(?m)^\\S*.*\\b(?:class|interface) (\\w+)");
  private static final Pattern FRAMES = Pattern.compile("(?m)(^\\tat .*\\R(\\t\\.\\.\\. .*\\R)?)+");

  private SnippetRun() {}

  /**
   * Runs the statements of a snippet, or the {@code main} method of its first type, or that type's
   * tests.
   *
   * @return what it prints, with an ellipsis for each stack
   */
  static String run(Snippet snippet, SnippetCompiler compiled) throws Throwable {
    try (var loader = new URLClassLoader(new URL[] {url(compiled.page()), url(compiled.given())})) {
      Class<?> type = loader.loadClass("com.acme." + typeOf(snippet));
      PrintStream before = System.out;
      var printed = new ByteArrayOutputStream();
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      try {
        run(type);
      } finally {
        System.setOut(before);
      }
      return FRAMES.matcher(printed.toString(StandardCharsets.UTF_8)).replaceAll("\tat …\n");
    }
  }

  private static URL url(Path directory) throws IOException {
    return directory.toUri().toURL();
  }

  private static String typeOf(Snippet snippet) {
    Matcher type = TYPE.matcher(snippet.code());
    return Form.of(snippet.code()) == Form.TYPES && type.find() ? type.group(1) : "Snippet";
  }

  private static void run(Class<?> type) throws Throwable {
    List<Method> tests =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    if (!tests.isEmpty()) {
      for (Method test : tests) {
        call(test, newInstance(type));
      }
    } else if (type.getSimpleName().equals("Snippet")) {
      call(type.getDeclaredMethod("run"), newInstance(type));
    } else {
      call(type.getDeclaredMethod("main", String[].class), null, (Object) new String[0]);
    }
  }

  private static Object newInstance(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static void call(Method method, Object target, Object... arguments) throws Throwable {
    method.setAccessible(true);
    try {
      method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
