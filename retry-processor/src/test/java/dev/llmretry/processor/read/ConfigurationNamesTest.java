package dev.llmretry.processor.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "getOptions",
        "getDefaultOptions",
        "options",
        "provider",
        "listeners",
        "defaultRequestParameters",
        "supportedCapabilities",
        "supportedContentTypes",
        "supportsStreaming",
        "modelName",
        "getRequestConfig",
        "properties"
      })
  void recognisesAccessors(String method) {
    assertThat(ConfigurationNames.isAccessor(method)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"create", "list", "listModels", "dimensions", "ping", "optionsFor", "rename", "s"})
  void doesNotTakeARequestForAnAccessor(String method) {
    assertThat(ConfigurationNames.isAccessor(method)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"withOptions", "with", "addListener", "addListeners"})
  void recognisesCopies(String method) {
    assertThat(ConfigurationNames.isCopying(method)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "withdraw", "then"})
  void doesNotTakeAFluentRequestForACopy(String method) {
    assertThat(ConfigurationNames.isCopying(method)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ChatOptions", "ModelProvider", "ChatModelListener", "Capability", "Properties"})
  void recognisesTypes(String type) {
    assertThat(ConfigurationNames.isType(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ChatResponse", "String", "ModelList", "OptionsResponse"})
  void doesNotTakeAnAnswerForAConfiguration(String type) {
    assertThat(ConfigurationNames.isType(type)).isFalse();
  }
}
