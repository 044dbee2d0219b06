package dev.llmretry.runtime.internal.settings;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares names regardless of how a source of settings writes them, and suggests similar ones. */
final class Names {

  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{IsAlphabetic}\\p{IsDigit}]");

  private Names() {}

  /** Returns the letters and digits of a name in lower case: {@code maxdelay} for all spellings. */
  static String canonical(String name) {
    return SEPARATORS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
  }

  /**
   * Returns a name with dots, such as that of a method, each part as {@link #canonical} does. A
   * nested class may be separated by a dollar sign.
   */
  static String canonicalPath(String name) {
    return Arrays.stream(name.split("[.$]", -1)).map(Names::canonical).collect(joining("."));
  }

  /** Returns {@code ; did you mean max?} if a known name is similar enough, else nothing. */
  static String suggestion(String unknown, Collection<String> known) {
    String wrong = canonical(unknown);
    Map<String, Integer> distances = new TreeMap<>();
    known.forEach(name -> distances.put(name, distance(wrong, canonical(name))));
    return distances.entrySet().stream()
        .filter(each -> each.getValue() <= Math.max(1, each.getKey().length() / 3))
        .min(Comparator.comparing(Map.Entry<String, Integer>::getValue))
        .map(each -> "; did you mean " + each.getKey() + "?")
        .orElse("");
  }

  /** Returns the number of letters to insert, remove, replace, or exchange with their neighbour. */
  private static int distance(String one, String other) {
    int @Nullable [] beforePrevious = null;
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int least = Math.min(previous[j], current[j - 1]) + 1;
        least = Math.min(least, previous[j - 1] + (same ? 0 : 1));
        if (beforePrevious != null
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          least = Math.min(least, beforePrevious[j - 2] + 1);
        }
        current[j] = least;
      }
      beforePrevious = previous;
      previous = current;
    }
    return previous[other.length()];
  }
}
