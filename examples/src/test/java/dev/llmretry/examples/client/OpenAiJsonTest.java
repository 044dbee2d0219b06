package dev.llmretry.examples.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiJsonTest {

  @Test
  void writesAConversationWithTools() {
    ToolCall call = new ToolCall("call-1", "weather", "{\"city\":\"Oslo\"}");
    ChatRequest request =
        new ChatRequest(
            "gpt-test",
            List.of(
                Message.system("Be brief."),
                Message.user("Rain in Oslo?"),
                new Message(Role.ASSISTANT, "", List.of(call), null),
                Message.tool("call-1", "sun")),
            List.of(new Tool("weather", "tells it", "{\"type\":\"object\"}")));

    assertThat(OpenAiJson.chatRequest(request))
        .isEqualTo(
            """
            {"model":"gpt-test","messages":[{"role":"system","content":"Be brief."},\
            {"role":"user","content":"Rain in Oslo?"},\
            {"role":"assistant","content":"","tool_calls":[{"id":"call-1","type":"function",\
            "function":{"name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]},\
            {"role":"tool","content":"sun","tool_call_id":"call-1"}],\
            "tools":[{"type":"function","function":{"name":"weather","description":"tells it",\
            "parameters":{"type":"object"}}}]}\
            """);
  }

  @Test
  void readsAnAnswerThatCallsTools() throws ProviderException {
    ChatResponse response =
        OpenAiJson.chatResponse(
            """
            {"choices": [{"finish_reason": "tool_calls", "message": {"content": null,
              "tool_calls": [{"id": "call-1", "function": {"name": "weather", "arguments": "{}"}}]}}],
             "usage": {"prompt_tokens": 7, "completion_tokens": 5}}
            """);

    assertThat(response)
        .isEqualTo(
            new ChatResponse(
                new Message(
                    Role.ASSISTANT, "", List.of(new ToolCall("call-1", "weather", "{}")), null),
                new Usage(7, 5),
                FinishReason.TOOL_CALLS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "[]", "{\"choices\": []}", "{\"data\": 1}"})
  void refusesWhatIsNoCompletion(String body) {
    assertThatExceptionOfType(InvalidAnswerException.class)
        .isThrownBy(() -> OpenAiJson.chatResponse(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{\"data\": [1]}"})
  void refusesWhatHoldsNoEmbeddings(String body) {
    assertThatExceptionOfType(InvalidAnswerException.class)
        .isThrownBy(() -> OpenAiJson.embeddings(body));
  }

  @Test
  void readsEmbeddings() throws ProviderException {
    assertThat(
            OpenAiJson.embeddings("{\"data\": [{\"embedding\": [0.5, 1]}, {\"embedding\": []}]}"))
        .containsExactly(new Embedding(List.of(0.5, 1.0)), new Embedding(List.of()));
  }

  @Test
  void asksForAStream() {
    assertThat(OpenAiJson.streamRequest(ChatRequest.of("gpt-test", Message.user("hello"))))
        .isEqualTo(
            """
            {"model":"gpt-test","messages":[{"role":"user","content":"hello"}],"stream":true}\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "{'delta': {'role': 'assistant', 'content': ''}, 'finish_reason': null} | ASSISTANT | '' | null",
        "{'delta': {'role': 'assistant', 'content': null}} | ASSISTANT | '' | null",
        "{'delta': {'content': 'Hi'}} | null | 'Hi' | null",
        "{'delta': {}, 'finish_reason': 'length'} | null | '' | LENGTH",
        " | null | '' | null",
      })
  void readsChunks(String choice, Role role, String content, FinishReason reason)
      throws ProviderException {
    String json = "{\"choices\": [" + (choice == null ? "" : choice.replace('\'', '"')) + "]}";

    ChatChunk chunk = OpenAiJson.chatChunk(json);

    assertThat(chunk).isEqualTo(new ChatChunk(role, content, reason));
    assertThat(new RoleChunk().test(chunk)).isEqualTo(content.isEmpty() && reason == null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "[]"})
  void refusesWhatIsNoChunk(String data) {
    assertThatExceptionOfType(InvalidAnswerException.class)
        .isThrownBy(() -> OpenAiJson.chatChunk(data));
  }

  @Test
  void readsErrorsInStreams() {
    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(
            () ->
                OpenAiJson.chatChunk(
                    "{\"error\": {\"message\": \"Busy.\", \"type\": \"overloaded_error\"}}"))
        .withMessage("Busy.")
        .satisfies(
            error -> {
              assertThat(error.statusCode()).isEqualTo(200);
              assertThat(error.errorType()).isEqualTo("overloaded_error");
            });
  }

  @Test
  void readsErrors() {
    assertThat(
            OpenAiJson.error(
                429,
                """
                {"error": {"message": "Pay.", "type": "insufficient_quota", "param": null,
                 "code": "insufficient_quota"}}
                """))
        .isEqualTo(new ErrorBody("Pay.", "insufficient_quota", "insufficient_quota"));
    assertThat(OpenAiJson.error(503, "{\"error\": {\"message\": \"Busy.\", \"code\": null}}"))
        .isEqualTo(new ErrorBody("Busy.", null, null));
    assertThat(OpenAiJson.error(429, "{\"error\": {\"code\": 429}}"))
        .isEqualTo(new ErrorBody("HTTP 429", "429", null));
  }

  @Test
  void readsErrorsThatAreNoJson() {
    assertThat(OpenAiJson.error(502, "<html>Bad Gateway</html>\n"))
        .isEqualTo(new ErrorBody("HTTP 502: <html>Bad Gateway</html>", null, null));
    assertThat(OpenAiJson.error(500, "")).isEqualTo(new ErrorBody("HTTP 500", null, null));
    assertThat(OpenAiJson.error(500, "\"no\"")).isEqualTo(new ErrorBody("HTTP 500", null, null));
    assertThat(OpenAiJson.error(502, "x".repeat(1_000)).message()).hasSizeLessThan(300);
  }

  @Test
  void readsAnErrorThatComesWithSuccess() {
    String body = "{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"no credits\"}}";
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> OpenAiJson.chatResponse(body),
            () -> OpenAiJson.embeddings(body),
            () -> OpenAiJson.chatChunk(body))) {
      assertThatExceptionOfType(HttpErrorException.class)
          .isThrownBy(reading)
          .withMessageContaining("no credits")
          .extracting(HttpErrorException::errorCode)
          .isEqualTo("insufficient_quota");
    }
  }
}
