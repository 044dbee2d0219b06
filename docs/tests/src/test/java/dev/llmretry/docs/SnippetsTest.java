package dev.llmretry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the documentation shows compiles, and what is said to run does. */
class SnippetsTest {

  /**
   * The diagnostics have a test of their own, beside the processor: half of it must not compile.
   */
  private static final Path DIAGNOSTICS = Path.of("docs/diagnostics.md");

  @TempDir private static Path directory;
  private static Path given;

  @BeforeAll
  static void compileGiven() throws IOException, URISyntaxException {
    given = Files.createDirectory(directory.resolve("given"));
    SnippetCompiler.compileGiven(
        Path.of(Objects.requireNonNull(SnippetsTest.class.getResource("/given")).toURI()), given);
  }

  @TestFactory
  Stream<DynamicContainer> snippets() {
    return Repository.pages().stream()
        .filter(page -> !page.path().equals(DIAGNOSTICS))
        .map(SnippetsTest::container);
  }

  /** Its tests depend on those before them, as the snippets do. */
  private static DynamicContainer container(Page page) {
    List<Snippet> snippets = page.snippets();
    Path classes = directory.resolve(page.toString().replace('/', '-'));
    var compiler = new SnippetCompiler(given, classes);
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(DynamicTest.dynamicTest("directory", () -> Files.createDirectory(classes)));
    for (int i = 0; i < snippets.size(); i++) {
      Snippet snippet = snippets.get(i);
      if (snippet.isJava()) {
        Optional<Snippet> output =
            snippet.prints() ? Optional.of(snippets.get(i + 1)) : Optional.empty();
        tests.add(
            DynamicTest.dynamicTest(snippet.toString(), () -> check(snippet, output, compiler)));
      }
    }
    return DynamicContainer.dynamicContainer(page.toString(), tests);
  }

  private static void check(Snippet snippet, Optional<Snippet> output, SnippetCompiler compiler)
      throws Throwable {
    if (snippet.excerptOf().isPresent()) {
      String generated = compiler.generated(snippet.excerptOf().get());
      assertThat(words(generated)).as(snippet.toString()).contains(words(snippet.code()));
      return;
    }
    List<SnippetCompiler.Message> messages = compiler.compile(snippet);
    if (snippet.reports().isPresent()) {
      assertThat(messages).singleElement().asString().contains(snippet.reports().get());
      return;
    }
    assertThat(messages).as(snippet.toString()).isEmpty();
    if (snippet.runs()) {
      String printed = SnippetRun.run(snippet, compiler);
      output.ifPresent(shown -> assertThat(printed).as(shown.toString()).isEqualTo(shown.code()));
    }
  }

  private static String words(String code) {
    return String.join(" ", code.strip().split("\\s+"));
  }
}
