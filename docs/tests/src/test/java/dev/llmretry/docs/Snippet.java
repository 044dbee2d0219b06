package dev.llmretry.docs;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A code block of a page.
 *
 * @param page from the root of the repository
 * @param line that of its first line of code, from 1
 * @param language such as {@code java}
 * @param comment what stands before it and is not shown; see CONTRIBUTING.md
 */
record Snippet(Path page, int line, String language, String code, String comment) {

  private static final Pattern GIVEN = Pattern.compile("(?s)java: .*?given (.*?)-->");
  private static final Pattern REPORTS = Pattern.compile("java: reports (LR\\d{3})");
  private static final Pattern EXCERPT = Pattern.compile("java: excerpt (\\w+)");
  private static final Pattern RUNS = Pattern.compile("java: (runs|prints)");

  boolean isJava() {
    return language.equals("java");
  }

  /** Returns the imports that are not shown, in one line. */
  String given() {
    return find(GIVEN).map(given -> given.strip().replace('\n', ' ')).orElse("");
  }

  /** Returns the id of the diagnostic that it is an example of. */
  Optional<String> reports() {
    return find(REPORTS);
  }

  /** Returns the generated class that it is taken from. */
  Optional<String> excerptOf() {
    return find(EXCERPT);
  }

  /** Returns whether it is to be run. */
  boolean runs() {
    return find(RUNS).isPresent();
  }

  /** Returns whether the next block shows what it prints. */
  boolean prints() {
    return find(RUNS).filter("prints"::equals).isPresent();
  }

  private Optional<String> find(Pattern pattern) {
    return pattern.matcher(comment).results().findFirst().map((MatchResult r) -> r.group(1));
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
