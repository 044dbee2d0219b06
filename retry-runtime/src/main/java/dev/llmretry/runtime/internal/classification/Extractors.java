package dev.llmretry.runtime.internal.classification;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureInfo;
import dev.llmretry.runtime.internal.util.Log;
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
 * The extractors there are, found by the names of an exception's class and superclasses.
 *
 * <p>What matches is remembered per class, as numbers: a {@link ClassValue} that held extractors
 * would tie this class loader to classes that outlive it.
 */
final class Extractors {

  /** Broken providers in a row after which the search ends: a loader may fail for ever. */
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
      } catch (Throwable e) { // a loader that has been closed throws what it likes
        broken++;
        Log.warning("A failure extractor cannot be loaded and is left out", e);
      }
    }
    return result;
  }

  private void add(FailureExtractor extractor) {
    List<String> names;
    try {
      names = List.copyOf(extractor.exceptionClasses());
    } catch (Throwable e) {
      Log.warning(
          extractor.getClass().getName() + " does not name its exceptions and is left out", e);
      return;
    }
    int number = known.size();
    known.add(new Known(extractor, new AtomicBoolean()));
    for (String name : names) {
      byClassName.computeIfAbsent(name, n -> new ArrayList<>()).add(number);
    }
  }

  /** Returns the numbers of those that know the class of {@code error}, most specific first. */
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

  /** Returns what the extractor with that number makes of {@code error}, or null if it fails. */
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
                + ", which is taken to say nothing; this is logged once",
            e);
      }
      return null;
    }
  }
}
