package dev.llmretry.spring;

import dev.llmretry.runtime.PropertySettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads the settings of methods from an environment. Each source is read by itself, and not through
 * Spring's binding, so that an unknown key is noticed, and messages tell its line.
 */
final class EnvironmentSettings {

  /** The keys of the starter itself, in lower case, without separators. */
  private static final Set<String> OWN =
      Set.of(
          "llmretrywrap",
          "llmretrycheckmethods",
          "llmretryupstreammaxwait",
          "llmretryupstreammaxwaiting");

  /** An element of a list. */
  private static final Pattern ELEMENT = Pattern.compile("(.+)\\[(\\d+)]");

  /** A name in brackets: that of a method, with dots. */
  private static final Pattern BRACKETS = Pattern.compile("\\[(.*?)]");

  private static final String SYSTEM_PROPERTIES =
      StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME;

  private EnvironmentSettings() {}

  static PropertySettings read(ConfigurableEnvironment environment) {
    PropertySettings.Builder settings = PropertySettings.builder();
    List<PropertySource<?>> sources = new ArrayList<>();
    environment.getPropertySources().forEach(sources::add);
    Collections.reverse(sources); // the first one takes precedence
    for (PropertySource<?> source : sources) {
      if (source instanceof SystemEnvironmentPropertySource variables) {
        settings.environment(read(variables, "LLMRETRY_", environment));
      } else if (source.getName().equals(SYSTEM_PROPERTIES)
          && source instanceof EnumerablePropertySource<?> properties) {
        Properties jvm = new Properties();
        jvm.putAll(read(properties, "llmretry.", environment));
        settings.systemProperties(jvm);
      } else if (source instanceof EnumerablePropertySource<?> properties) {
        Map<String, String> values = read(properties, "llmretry.", environment);
        Map<String, String> keys = new TreeMap<>();
        settings.properties(
            joined(values, keys), key -> origin(properties, keys.getOrDefault(key, key)));
      }
    }
    return settings.build();
  }

  private static Map<String, String> read(
      EnumerablePropertySource<?> source, String prefix, ConfigurableEnvironment environment) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : source.getPropertyNames()) {
      boolean isOurs = name.regionMatches(true, 0, prefix, 0, prefix.length());
      Object value = isOurs && !isOwn(name) ? source.getProperty(name) : null;
      if (value != null) {
        values.put(name, environment.resolveRequiredPlaceholders(value.toString()));
      }
    }
    return values;
  }

  private static boolean isOwn(String name) {
    return OWN.contains(name.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT));
  }

  /**
   * Joins the elements of lists, and takes names out of brackets.
   *
   * @param names receives the names in the source, by those in the result
   */
  private static Map<String, String> joined(Map<String, String> values, Map<String, String> names) {
    Map<String, String> joined = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          Matcher element = ELEMENT.matcher(name);
          String list = element.matches() ? element.group(1) : name;
          String key = BRACKETS.matcher(list).replaceAll(".$1");
          names.putIfAbsent(key, name);
          joined.merge(key, value, (first, next) -> first + "," + next);
        });
    return joined;
  }

  private static String origin(EnumerablePropertySource<?> source, String name) {
    @Nullable Origin origin = OriginLookup.getOrigin(source, name);
    return origin == null ? source.getName() : origin.toString();
  }
}
