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
            SdkCatalogue.parse(
                "# name | …\n\n  acme|com.acme.Oops | com.acme|once |  retries(0), = off \n"))
        .containsExactly(new Sdk("acme", "com.acme.Oops", "com.acme", "once", "retries(0), = off"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "acme | com.acme.Oops | com.acme | once; 4 columns instead of 5",
        "acme | com.acme.Oops | com.acme | once | off | more; 6 columns instead of 5",
        "acme | com.acme.Oops | com.acme | | off; a column is empty",
        "acme | com.acme.Oops | com.acme | once |; a column is empty",
        "acme | not a class | com.acme | once | off; not a class is not the name of a class or package",
        "acme | com.acme.Oops | com acme | once | off; com acme is not the name of a class or package",
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
                    "a | com.acme.Oops | com.acme | once | off\n"
                        + "b | com.acme.Oops | com.acme | twice | on"))
        .hasMessage("sdks.txt, line 2: com.acme.Oops is listed twice");
  }
}
