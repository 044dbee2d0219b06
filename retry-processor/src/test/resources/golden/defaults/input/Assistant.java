package acme.defaults;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;

public interface Assistant {

  @LlmRetry
  String answer(String question);

  @LlmRetry(max = 1)
  default String answerTwice(String question) {
    return answer(question) + answer(question);
  }

  @NoRetry
  default String greet() {
    return answer("hello");
  }

  static Assistant echo() {
    return question -> question;
  }

  private String hidden() {
    return "";
  }

  @NoRetry
  default String visible() {
    return hidden();
  }
}
