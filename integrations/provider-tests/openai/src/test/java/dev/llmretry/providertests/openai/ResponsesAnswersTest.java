package dev.llmretry.providertests.openai;

import com.openai.core.http.StreamResponse;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.OpenAiResponsesCheck;
import dev.llmretry.providers.check.OpenAiResponsesStreamCheck;
import dev.llmretry.providers.preamble.OpenAiResponsesPreamble;
import dev.llmretry.providertests.RecordedAnswersTest;
import java.net.URI;

/** Responses, through openai-java. */
class ResponsesAnswersTest extends RecordedAnswersTest {

  private static final ResponseCreateParams PARAMS =
      ResponseCreateParams.builder().model("gpt-test").input("What now?").build();

  ResponsesAnswersTest() {
    super("openai-responses");
  }

  @Override
  protected Rejection check(URI url) {
    return new OpenAiResponsesCheck()
        .check(OpenAiAnswersTest.client(url).responses().create(PARAMS));
  }

  @Override
  protected Rejection checkStream(URI url) {
    try (StreamResponse<ResponseStreamEvent> response =
        OpenAiAnswersTest.client(url).responses().createStreaming(PARAMS)) {
      return checkStart(
          response.stream().iterator(),
          new OpenAiResponsesStreamCheck(),
          new OpenAiResponsesPreamble());
    }
  }
}
