package dev.llmretry.processor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.processor.model.Sdk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that lists SDKs, and its parser. */
class SdkCatalogueTest {

  @Test
  void theFileListsTheSdks() {
    assertThat(SdkCatalogue.all())
        .extracting(Sdk::name)
        .containsExactly(
            "openai-java",
            "anthropic-java",
            "google-genai",
            "the AWS SDK's Bedrock client",
            "the Azure SDK",
            "LangChain4j",
            "Spring AI");
  }

  @Test
  void columnsAreStripped() {
    assertThat(
            SdkCatalogue.parse("# name | …\n\n  acme|com.acme.Oops | once |  retries(0), = off \n"))
        .containsExactly(new Sdk("acme", "com.acme.Oops", "once", "retries(0), = off"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "acme | com.acme.Oops | once; 3 columns instead of 4",
        "acme | com.acme.Oops | once | off | more; 5 columns instead of 4",
        "acme | com.acme.Oops | | off; a column is empty",
        "acme | com.acme.Oops | once |; a column is empty",
        "acme | not a class | once | off; not a class is not the name of a class",
      })
  void malformedRowsAreRejected(String row, String problem) {
    assertThatThrownBy(() -> SdkCatalogue.parse("# a comment\n" + row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sdks.txt, line 2: " + problem);
  }

  @Test
  void anSdkIsListedOnce() {
    assertThatThrownBy(
            () ->
                SdkCatalogue.parse(
                    "a | com.acme.Oops | once | off\nb | com.acme.Oops | twice | on"))
        .hasMessage("sdks.txt, line 2: com.acme.Oops is listed twice");
  }
}
