package dev.llmretry.processor.write;

import dev.llmretry.processor.model.ClientMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names for the constants that hold the settings of methods. */
final class ConstantNames {

  private final Set<String> taken = new HashSet<>();

  /** The number to try next, by the name without it. */
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * Returns {@code COMPLETE_CHAT} for {@code completeChat}, {@code COMPLETE_CHAT_2} for the next.
   */
  String of(ClientMethod method) {
    String base = method.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    String name = base;
    while (!taken.add(name)) {
      name = base + "_" + numbers.merge(base, 2, (number, unused) -> number + 1);
    }
    return name;
  }
}
