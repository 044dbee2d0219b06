package dev.llmretry.processor.read;

import java.util.Locale;
import java.util.Set;

/** Recognises, by their names, methods and types that describe how a client is configured. */
public final class ConfigurationNames {

  private static final Set<String> NOUNS =
      Set.of(
          "capability",
          "config",
          "configuration",
          "customizer",
          "interceptor",
          "listener",
          "name",
          "option",
          "parameter",
          "property",
          "provider",
          "setting");

  private static final Set<String> VERBS = Set.of("supported", "supports");

  private ConfigurationNames() {}

  /**
   * Returns whether a method such as {@code getOptions}, {@code listeners} or {@code
   * supportsStreaming} reads a configuration.
   */
  public static boolean isAccessor(String method) {
    String[] words = words(method);
    return VERBS.contains(words[0]) || isNoun(words);
  }

  /**
   * Returns whether a method that returns a client of the same type, such as {@code withOptions} or
   * {@code addListener}, configures it.
   */
  public static boolean isCopying(String method) {
    return words(method)[0].equals("with") || isNoun(words(method));
  }

  /** Returns whether a type such as {@code ChatOptions} or {@code ModelProvider} is part of one. */
  public static boolean isType(String simpleName) {
    return isNoun(words(simpleName));
  }

  private static boolean isNoun(String[] words) {
    String last = words[words.length - 1];
    String singular =
        last.endsWith("ies") ? last.replaceAll("ies$", "y") : last.replaceAll("s$", "");
    return NOUNS.contains(singular);
  }

  private static String[] words(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT).split(" ");
  }
}
