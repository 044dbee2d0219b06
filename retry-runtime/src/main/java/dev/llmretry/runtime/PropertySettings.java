package dev.llmretry.runtime;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.internal.settings.Entries;
import dev.llmretry.runtime.internal.settings.Property;
import dev.llmretry.runtime.internal.settings.Property.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings from properties, such as those of a file and of the environment:
 *
 * <pre>
 * llmretry.enabled = true
 * llmretry.all.jitter = FULL
 * llmretry.methods.chat.max = 5
 * llmretry.methods.com.acme.ChatClient.ask.attempt-timeout = 20s
 * </pre>
 *
 * <p>A method is named by {@link dev.llmretry.LlmRetry#name}, by its class and its name, or by its
 * class alone, for all of its methods; of these, the last takes the least precedence. Settings for
 * {@code all} methods apply unless there are others for a method. {@code llmretry.enabled = false}
 * switches all retries off. Settings have the names of the annotation's members, in any spelling: a
 * time is {@code base-delay = 250ms}, with the units ms, s, m, h and d, or {@code baseDelayMs =
 * 250}; {@code none} is no limit.
 *
 * <p>Values are checked by the same rules as those of the annotation, and messages have the same
 * identifiers. A key that is unknown is refused, or, if it is an environment variable or a property
 * of the JVM, logged. Keys that do not begin with {@code llmretry.} are ignored.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class PropertySettings implements RetrySettings {

  private static final String PREFIX = "llmretry.";
  private static final String VARIABLE_PREFIX = "LLMRETRY_";

  private final Entries entries;

  private PropertySettings(List<List<Property>> sources) {
    entries = new Entries(sources);
  }

  /**
   * {@return the settings in properties}
   *
   * @param source the name of the source, for messages; a file, for instance
   * @param properties all properties
   * @throws InvalidSettingsException if a key is unknown or a value invalid
   */
  public static PropertySettings of(String source, Properties properties) {
    return builder().properties(source, properties).build();
  }

  /**
   * {@return the settings in properties}
   *
   * @param source the name of the source, for messages
   * @param properties all properties
   * @throws InvalidSettingsException if a key is unknown or a value invalid
   */
  public static PropertySettings of(String source, Map<String, String> properties) {
    return builder().properties(source, properties).build();
  }

  /** {@return a builder without settings} */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public RetryPolicy apply(RetryPolicy compiled) {
    return entries.apply(compiled);
  }

  @Override
  public void checkMethods() {
    entries.checkMethods();
  }

  @Override
  public String toString() {
    return "PropertySettings" + entries;
  }

  /**
   * Builds {@link PropertySettings} from several sources, of which those that are added later take
   * precedence. Not safe for use by several threads.
   */
  public static final class Builder {

    private final List<List<Property>> sources = new ArrayList<>();

    private Builder() {}

    /**
     * Adds properties.
     *
     * @param source the name of the source, for messages
     * @param properties all properties
     * @return this builder
     */
    public Builder properties(String source, Properties properties) {
      return properties(source, strings(properties));
    }

    /** Returns the properties; those with the prefix may have other values than strings. */
    private static Map<String, String> strings(Properties properties) {
      Map<String, String> strings = new TreeMap<>();
      for (String key : properties.stringPropertyNames()) { // also of the defaults
        strings.put(key, properties.getProperty(key));
      }
      properties.forEach(
          (key, value) -> {
            if (key instanceof String name && startsWithPrefix(name)) {
              strings.computeIfAbsent(name, unused -> String.valueOf(value));
            }
          });
      return strings;
    }

    /**
     * Adds properties.
     *
     * @param source the name of the source, for messages
     * @param properties all properties
     * @return this builder
     */
    public Builder properties(String source, Map<String, String> properties) {
      requireNonNull(source, "source");
      return properties(properties, key -> source);
    }

    /**
     * Adds properties.
     *
     * @param properties all properties
     * @param origins where each key is set, for messages; a line of a file, for instance
     * @return this builder
     */
    public Builder properties(
        Map<String, String> properties, Function<? super String, String> origins) {
      return properties(properties, origins, Source.OWN);
    }

    private Builder properties(
        Map<String, String> properties, Function<? super String, String> origins, Source source) {
      List<Property> ours = new ArrayList<>();
      properties.forEach(
          (key, value) -> {
            if (startsWithPrefix(key)) {
              String path = key.substring(PREFIX.length());
              ours.add(new Property(key, path, text(value), origins.apply(key), source));
            }
          });
      sources.add(ours);
      return this;
    }

    /**
     * Adds the properties of the JVM. As for environment variables, an unknown key is only logged,
     * since other programs may use it: a build may set {@code -Dllmretry.version=…}.
     *
     * @param properties all properties, as {@link System#getProperties()} returns them
     * @return this builder
     */
    public Builder systemProperties(Properties properties) {
      return properties(strings(properties), key -> "system property", Source.JVM);
    }

    /**
     * Adds environment variables: {@code LLMRETRY_METHODS_CHAT_MAX_DELAY} for {@code
     * llmretry.methods.chat.max-delay}.
     *
     * @param variables all variables, as {@link System#getenv()} returns them
     * @return this builder
     */
    public Builder environment(Map<String, String> variables) {
      List<Property> ours = new ArrayList<>();
      variables.forEach(
          (name, value) -> {
            if (name.startsWith(VARIABLE_PREFIX)) {
              String path =
                  name.substring(VARIABLE_PREFIX.length())
                      .toLowerCase(Locale.ROOT)
                      .replace('_', '.');
              ours.add(new Property(name, path, text(value), "environment", Source.ENVIRONMENT));
            }
          });
      sources.add(ours);
      return this;
    }

    /** Ignores case, as everywhere in a key. */
    private static boolean startsWithPrefix(String key) {
      return key.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** Returns a value that is invalid unless the setting is a list, for a key without any. */
    private static String text(@Nullable String value) {
      return value == null ? "" : value;
    }

    /**
     * Builds the settings.
     *
     * @return the settings
     * @throws InvalidSettingsException if a key is unknown or set twice in a source, or if a value
     *     is invalid; the message lists all problems
     */
    public PropertySettings build() {
      return new PropertySettings(sources);
    }
  }
}
