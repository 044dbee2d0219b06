package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the exceptions of spring-ai-retry. They have no accessors: the message holds status and
 * body, as {@code 429 - {"error": …}}, or prefixed with {@code HTTP} where Spring Boot has
 * configured the client. Spring AI drops the headers before it creates the exception.
 */
public final class SpringAiExtractor implements FailureExtractor {

  private static final Pattern ANSWER =
      Pattern.compile("(?:HTTP )?([1-5]\\d\\d) - (.*)", Pattern.DOTALL);

  /** Called by {@link java.util.ServiceLoader}. */
  public SpringAiExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of(
        "org.springframework.ai.retry.TransientAiException",
        "org.springframework.ai.retry.NonTransientAiException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, RuntimeException.class)
        .status(e -> Integer.parseInt(answer(e, 1)))
        .message(e -> answer(e, 2))
        .message(e -> e.getMessage())
        .collected();
  }

  private static @Nullable String answer(RuntimeException error, int part) {
    String message = error.getMessage();
    Matcher answer = ANSWER.matcher(message == null ? "" : message);
    return answer.matches() ? answer.group(part) : null;
  }
}
