package dev.llmretry.processor.write;

import dev.llmretry.processor.model.ClientMethod;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for the constants that hold the settings of methods. */
final class ConstantNames {

  private final Set<String> taken = new HashSet<>();

  /**
   * Returns {@code COMPLETE_CHAT} for {@code completeChat}, {@code COMPLETE_CHAT_2} for the next.
   */
  String of(ClientMethod method) {
    String base = method.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    String name = base;
    for (int i = 2; !taken.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }
}
