package dev.llmretry.examples.client;

import static dev.llmretry.examples.provider.Replies.talkAroundJson;
import static dev.llmretry.examples.provider.Replies.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmretry.Rejection;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are to be JSON: {@link JsonCheck} and {@link JsonReviser}, with a provider. */
@Timeout(60)
class RetryingJsonTest {

  private static final ChatRequest HELLO = ChatRequest.of("gpt-test", Message.user("hello"));

  private final EmbeddedProvider provider = new EmbeddedProvider();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final LlmClient client =
      new RetryingLlmClient(
          new OpenAiClient(provider.baseUrl(), "sk-test", Duration.ofSeconds(50)),
          RetryRuntime.builder().clock(VirtualBackoffClock.autoAdvancing()).build());

  @BeforeEach
  void observe() {
    provider.observe(request -> bodies.add(request.body()));
  }

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private String complete() throws ProviderException {
    return client.completeJson(HELLO, CancellationToken.none()).message().content();
  }

  /** Returns what the messages of a request say. */
  private List<String> conversation(int request) throws JsonProcessingException {
    JsonNode messages = new ObjectMapper().readTree(bodies.get(request)).required("messages");
    return messages.findValuesAsText("content");
  }

  @Test
  void theRejectedAnswerAndTheErrorAreAppended() throws Exception {
    provider.script(List.of(talkAroundJson()));

    assertThat(complete()).startsWith("{\"reply\":\"You said: Your answer was rejected");
    assertThat(conversation(0)).containsExactly("hello");
    assertThat(conversation(1))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("hello"),
            answer -> assertThat(answer).startsWith("Sure! Here is"),
            complaint -> assertThat(complaint).contains("no JSON: Unrecognized token 'Sure'"));
  }

  @Test
  void otherFailuresLeaveTheRequestAsItIs() throws Exception {
    provider.script(List.of(unavailable(), talkAroundJson()));

    assertThat(complete()).startsWith("{");
    assertThat(conversation(1)).containsExactly("hello");
    assertThat(conversation(2)).hasSize(3);
  }

  @Test
  void theLastAnswerIsReturned() throws Exception {
    provider.script(List.of(talkAroundJson(), talkAroundJson(), talkAroundJson()));

    assertThat(complete()).startsWith("Sure!");
    assertThat(conversation(2)).hasSize(5);
    assertThat(provider.requests()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          {"reply": "hi"}    | accepted
          {}                 | accepted
          ''                 | no JSON object
          [1]                | no JSON object
          "hi"               | no JSON object
          """)
  void anAnswerHasToBeAnObject(String content, String reason) {
    Rejection rejection = reject(content);
    assertThat(rejection == null ? null : rejection.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"reply\": ", "{} and more", "hi"})
  void anAnswerHasToBeJson(String content) {
    assertThat(reject(content)).isNotNull();
    assertThat(reject(content).reason()).startsWith("no JSON: ").doesNotContain("\n");
  }

  private static Rejection reject(String content) {
    Message message = new Message(Role.ASSISTANT, content, List.of(), null);
    return new JsonCheck().check(new ChatResponse(message, new Usage(1, 1), FinishReason.STOP));
  }
}
