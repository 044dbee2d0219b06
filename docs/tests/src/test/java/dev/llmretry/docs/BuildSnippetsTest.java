package dev.llmretry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The build files that the documentation shows name artifacts that exist, in our versions. */
class BuildSnippetsTest {

  private static final String POM = Repository.read("pom.xml");

  private static final Pattern MODULE = Pattern.compile("<module>(?:\\S+/)?(\\S+)</module>");

  private static final Pattern OURS = Pattern.compile("dev\\.llmretry:([\\w-]+)");

  /** An artifact with its version, as Maven and Gradle write it. */
  private static final Pattern VERSIONED =
      Pattern.compile(
          "<artifactId>([\\w-]+)</artifactId>\\s*<version>([^<]+)</version>"
              + "|[\\w.]+:([\\w-]+):([\\w.-]+)\"");

  /** The version that the documentation has to name. */
  private static final Map<String, String> VERSIONS =
      Map.of(
          "aspectj-maven-plugin", after("<artifactId>aspectj-maven-plugin</artifactId>"),
          "aspectjrt", property("aspectj.version"),
          "aspectjtools", property("aspectj.version"),
          "aspectjweaver", property("aspectj.version"),
          "kotlin-maven-plugin", property("kotlin-compiler.version"),
          "maven-compiler-plugin", after("<artifactId>maven-compiler-plugin</artifactId>"));

  /** The versions that the page of measurements has to name, by what it calls the libraries. */
  private static final Map<String, String> MEASURED =
      Map.of(
          "Failsafe", "failsafe",
          "Resilience4j", "resilience4j",
          "Spring", "spring",
          "SmallRye Fault Tolerance", "smallrye-fault-tolerance",
          "Micronaut", "micronaut",
          "guava-retrying", "guava-retrying",
          "jcabi-aspects", "jcabi-aspects");

  private static String property(String name) {
    return first(POM, "<" + Pattern.quote(name) + ">([^<]+)<");
  }

  private static String after(String text) {
    return first(POM, Pattern.quote(text) + "\\s*<version>([^<]+)<");
  }

  private static String first(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
  }

  static Stream<Snippet> snippets() {
    return Repository.pages().stream()
        .map(Page::snippets)
        .flatMap(Collection::stream)
        .filter(snippet -> List.of("xml", "kotlin").contains(snippet.language()));
  }

  static List<Page> pages() {
    return Repository.pages();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void namesOurVersions(Snippet snippet) {
    for (MatchResult artifact : VERSIONED.matcher(snippet.code()).results().toList()) {
      boolean maven = artifact.group(1) != null;
      String name = artifact.group(maven ? 1 : 3);
      String version = artifact.group(maven ? 2 : 4);
      String expected =
          name.startsWith("retry-") || name.startsWith("llmretry-")
              ? after("<artifactId>llmretry-parent</artifactId>")
              : VERSIONS.get(name);
      assertThat(version).as(name + " in " + snippet).isEqualTo(expected);
    }
  }

  @Test
  void namesWhatWasMeasured() {
    String poms = POM + Repository.read("benchmarks/pom.xml");
    String page = Repository.read("docs/performance.md").replaceAll("\\s+", " ");
    MEASURED.forEach(
        (library, property) ->
            assertThat(page)
                .contains(library + " " + first(poms, "<" + property + "\\.version>([^<]+)<")));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namesArtifactsThatExist(Page page) {
    Collection<String> modules =
        MODULE.matcher(POM).results().map(module -> module.group(1)).collect(Collectors.toSet());
    assertThat(OURS.matcher(Repository.read(page.toString())).results())
        .extracting(artifact -> artifact.group(1))
        .isSubsetOf(modules);
  }
}
