package dev.llmretry.runtime.internal.settings;

/**
 * A setting as a source has it.
 *
 * @param key the key as written
 * @param path the key without its prefix, with dots between its parts
 * @param value the value
 * @param origin where it comes from
 * @param isVariable whether it is an environment variable, whose name separates words as it does
 *     parts of a path
 */
public record Property(String key, String path, String value, String origin, boolean isVariable) {

  @Override
  public String toString() {
    return key + " = " + value + " (" + origin + ")";
  }
}
