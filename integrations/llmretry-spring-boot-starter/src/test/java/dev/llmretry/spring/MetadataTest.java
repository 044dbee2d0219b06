package dev.llmretry.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmretry.runtime.PropertySettings;
import dev.llmretry.runtime.internal.settings.SettingKey;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Editors complete exactly the properties that are read. */
class MetadataTest {

  private final List<String> settings =
      Arrays.stream(SettingKey.values()).map(SettingKey::key).toList();

  private static Map<String, JsonNode> properties() throws IOException {
    Map<String, JsonNode> properties = new TreeMap<>();
    JsonNode root =
        new ObjectMapper()
            .readTree(
                Path.of("src/main/resources/META-INF/spring-configuration-metadata.json").toFile());
    root.get("properties").forEach(each -> properties.put(each.get("name").asText(), each));
    return properties;
  }

  @Test
  void eachSettingIsDescribed() throws IOException {
    assertThat(properties().keySet().stream().filter(name -> name.startsWith("llmretry.all.")))
        .containsExactlyInAnyOrderElementsOf(
            settings.stream().map(setting -> "llmretry.all." + setting).toList());
    assertThat(properties().values())
        .allSatisfy(
            each -> {
              assertThat(each.get("description").asText()).endsWith(".");
              assertThat(each.get("type").asText()).isNotBlank();
            });
  }

  @Test
  void theSettingsOfAMethodAreThoseOfItsType() throws Exception {
    Map<String, JsonNode> properties = properties();
    assertThat(properties.get("llmretry.methods").get("type").asText())
        .isEqualTo("java.util.Map<java.lang.String," + MethodSettings.class.getName() + ">");
    List<String> names =
        Arrays.stream(
                Introspector.getBeanInfo(MethodSettings.class, Object.class)
                    .getPropertyDescriptors())
            .map(
                each ->
                    each.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT))
            .toList();
    assertThat(names).containsExactlyInAnyOrderElementsOf(settings);
    for (var property :
        Introspector.getBeanInfo(MethodSettings.class, Object.class).getPropertyDescriptors()) {
      checkProperty(property, new MethodSettings());
    }
  }

  private static void checkProperty(java.beans.PropertyDescriptor property, MethodSettings settings)
      throws IllegalAccessException, InvocationTargetException, IntrospectionException {
    Object value =
        switch (property.getPropertyType().getSimpleName()) {
          case "Boolean" -> true;
          case "Integer" -> 5;
          case "Double" -> 1.5;
          case "Duration" -> java.time.Duration.ZERO;
          case "List" -> List.of();
          default -> property.getPropertyType().getEnumConstants()[0];
        };
    property.getWriteMethod().invoke(settings, value);
    assertThat(property.getReadMethod().invoke(settings)).isEqualTo(Objects.requireNonNull(value));
  }

  @Test
  void eachDescribedPropertyIsAccepted() throws IOException {
    Map<String, String> values =
        Map.of(
            "java.lang.Boolean", "true",
            "java.lang.Integer", "5",
            "java.lang.Double", "2.5",
            "java.time.Duration", "5s",
            "dev.llmretry.Jitter", "FULL",
            "dev.llmretry.Nested", "ONCE",
            "java.util.List<dev.llmretry.FailureKind>", "UNKNOWN");
    Map<String, String> all = new TreeMap<>();
    properties()
        .forEach(
            (name, property) -> {
              if (name.startsWith("llmretry.all.") || name.equals("llmretry.enabled")) {
                all.put(name, Objects.requireNonNull(values.get(property.get("type").asText())));
              }
            });
    assertThatCode(() -> PropertySettings.builder().properties("test", all).build())
        .doesNotThrowAnyException();
  }
}
