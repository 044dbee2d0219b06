package dev.llmretry.runtime.internal.classification;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureInfo;
import dev.llmretry.runtime.internal.util.DisplayText;
import dev.llmretry.runtime.internal.util.Log;
import dev.llmretry.runtime.internal.util.Throwables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The extractors, found by the names of an exception's class and superclasses.
 *
 * <p>The matches of a class are cached as numbers: if a {@link ClassValue} held extractors, the
 * exception's class would keep this class loader alive.
 */
final class Extractors {

  /** Maximum number of consecutive failures before loading stops. */
  private static final int MAX_BROKEN = 100;

  private static final int[] NONE = {};

  private final List<Known> known = new ArrayList<>();
  private final Map<String, List<Integer>> byClassName = new HashMap<>();
  private final ClassValue<int[]> matching =
      new ClassValue<>() {
        @Override
        protected int[] computeValue(Class<?> type) {
          return find(type);
        }
      };

  private record Known(FailureExtractor extractor, AtomicBoolean complained) {}

  private Extractors() {}

  static Extractors of(Iterable<FailureExtractor> extractors) {
    Extractors result = new Extractors();
    extractors.forEach(result::add);
    return result;
  }

  /** Loads all providers that can be loaded. */
  static Extractors load(@Nullable ClassLoader loader) {
    Extractors result = new Extractors();
    Iterator<FailureExtractor> providers = null;
    for (int broken = 0; broken < MAX_BROKEN; ) {
      try {
        if (providers == null) {
          providers = ServiceLoader.load(FailureExtractor.class, loader).iterator();
        }
        if (!providers.hasNext()) {
          break;
        }
        result.add(providers.next());
        broken = 0;
      } catch (Throwable e) { // anything, if the class loader is closed
        broken++;
        Log.warning("A failure extractor cannot be loaded and is ignored: " + detail(e), e);
      }
    }
    return result;
  }

  /** Names the extractor, so that each of several is logged. */
  private static String detail(Throwable problem) {
    return DisplayText.of(Throwables.textOf(problem), DisplayText.LONG);
  }

  private void add(FailureExtractor extractor) {
    List<String> names;
    try {
      names = List.copyOf(extractor.exceptionClasses());
    } catch (Throwable e) {
      Log.warning(
          extractor.getClass().getName() + " failed to return its exception classes and is ignored",
          e);
      return;
    }
    int number = known.size();
    known.add(new Known(extractor, new AtomicBoolean()));
    for (String name : names) {
      byClassName.computeIfAbsent(name, n -> new ArrayList<>()).add(number);
    }
  }

  /**
   * Returns the numbers of the extractors for the class of {@code error}, most specific class
   * first.
   */
  int[] matching(Throwable error) {
    return known.isEmpty() ? NONE : matching.get(error.getClass());
  }

  private int[] find(Class<?> type) {
    Set<Integer> numbers = new LinkedHashSet<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      numbers.addAll(byClassName.getOrDefault(c.getName(), List.of()));
    }
    return numbers.isEmpty() ? NONE : numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the result of the extractor with that number, or null if it throws. */
  @Nullable FailureInfo extract(int number, Throwable error) {
    Known one = known.get(number);
    try {
      return one.extractor().extract(error);
    } catch (Throwable e) {
      if (one.complained().compareAndSet(false, true)) {
        Log.warning(
            one.extractor().getClass().getName()
                + " failed on "
                + error.getClass().getName()
                + ", which is classified without it; this is logged once",
            e);
      }
      return null;
    }
  }
}
