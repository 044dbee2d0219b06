package dev.llmretry.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Changed files are applied without a restart. */
class RetrySettingsRefresherTest {

  @TempDir Path folder;

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    LlmRetryAutoConfiguration.class,
    LlmRetryActuatorAutoConfiguration.class
  })
  static class Application {

    @Bean
    ChatClient chatClient() {
      return new FailingClient(0);
    }
  }

  private ConfigurableApplicationContext start(String... arguments) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .properties(
            "spring.config.location=optional:file:" + folder + "/",
            "management.endpoints.web.exposure.include=llmretry",
            "management.endpoints.jmx.exposure.include=llmretry")
        .run(arguments);
  }

  private void write(String file, String... lines) throws IOException {
    Files.writeString(folder.resolve(file), String.join("\n", lines));
  }

  private static int max(ConfigurableApplicationContext context) {
    return context.getBean(RetryRuntime.class).policies().stream()
        .filter(policy -> policy.key().equals("chat"))
        .mapToInt(RetryPolicy::maxRetries)
        .findFirst()
        .orElseThrow();
  }

  private static void yaml(RetrySettingsRefresherTest test, int max) throws IOException {
    test.write("application.yml", "llmretry:", "  methods:", "    chat:", "      max: " + max);
  }

  @Test
  void aChangedFileIsApplied() throws IOException {
    yaml(this, 4);
    try (var context = start()) {
      assertThat(max(context)).isEqualTo(4);
      yaml(this, 5);
      assertThat(max(context)).isEqualTo(4);
      context.getBean(RetrySettingsRefresher.class).refresh();
      assertThat(max(context)).isEqualTo(5);
      Files.delete(folder.resolve("application.yml"));
      context.getBean(RetrySettingsRefresher.class).refresh();
      assertThat(max(context)).isEqualTo(3);
    }
  }

  @Test
  void filesOfProfilesAreReadAgain() throws IOException {
    yaml(this, 4);
    write("application-prod.properties", "llmretry.methods.chat.max=6");
    try (var context = start("--spring.profiles.active=prod")) {
      assertThat(max(context)).isEqualTo(6);
      write("application-prod.properties", "llmretry.methods.chat.max=7");
      context.getBean(RetrySettingsRefresher.class).refresh();
      assertThat(max(context)).isEqualTo(7);
    }
  }

  @Test
  void importedFilesAreReadAgain() throws IOException {
    write("application.properties", "spring.config.import=file:" + folder + "/retry.yml");
    write("retry.yml", "llmretry.all.max: 8");
    try (var context = start()) {
      assertThat(max(context)).isEqualTo(8);
      write("retry.yml", "llmretry.all.max: 9");
      context.getBean(RetrySettingsRefresher.class).refresh();
      assertThat(max(context)).isEqualTo(9);
    }
  }

  @Test
  void argumentsTakePrecedenceStill() throws IOException {
    yaml(this, 4);
    try (var context = start("--llmretry.methods.chat.max=2")) {
      yaml(this, 5);
      context.getBean(RetrySettingsRefresher.class).refresh();
      assertThat(max(context)).isEqualTo(2);
    }
  }

  @Test
  void anInvalidFileChangesNothingAndTheMessageTellsTheLine() throws IOException {
    yaml(this, 4);
    try (var context = start()) {
      write("application.yml", "llmretry:", "  all.max: 5", "  methods:", "    chatt.max: 6");
      RetrySettingsRefresher refresher = context.getBean(RetrySettingsRefresher.class);
      assertThatThrownBy(refresher::refresh)
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("did you mean chat?")
          .hasMessageContaining("application.yml")
          .hasMessageContaining("4:16");
      assertThat(max(context)).isEqualTo(4);
      write("application.yml", "llmretry: [");
      assertThatThrownBy(refresher::refresh).isInstanceOf(RuntimeException.class);
      assertThat(max(context)).isEqualTo(4);
    }
  }

  @Test
  void theEndpointShowsAndRefreshes() throws IOException {
    yaml(this, 4);
    try (var context = start()) {
      LlmRetryEndpoint endpoint = context.getBean(LlmRetryEndpoint.class);
      assertThat(settings(endpoint.show())).containsEntry("max", 4).containsEntry("name", "chat");
      assertThat(endpoint.show().get("upstreams").toString()).startsWith("{chatClient={");
      yaml(this, 5);
      assertThat(settings(endpoint.refresh())).containsEntry("max", 5);
      yaml(this, -5);
      assertThatThrownBy(endpoint::refresh)
          .isInstanceOf(InvalidEndpointRequestException.class)
          .hasMessageContaining("LR001");
      assertThat(settings(endpoint.show())).containsEntry("max", 5);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> settings(Map<String, Object> shown) {
    var methods = (Map<String, Map<String, Object>>) shown.get("methods");
    return methods.get("dev.llmretry.spring.ChatClient.ask");
  }
}
