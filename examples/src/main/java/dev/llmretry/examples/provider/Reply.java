package dev.llmretry.examples.provider;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the {@link EmbeddedProvider} reacts to one request. */
public sealed interface Reply {

  /** Returns a few words for people. */
  String label();

  /** Answers properly. */
  record Answer() implements Reply {

    @Override
    public String label() {
      return "answers";
    }
  }

  /**
   * Answers something else than it was asked.
   *
   * @param text the answer
   */
  record Text(String text) implements Reply {

    @Override
    public String label() {
      return "says " + text;
    }
  }

  /**
   * Answers with an error in OpenAI's form.
   *
   * @param status the HTTP status
   * @param headers further headers
   * @param type the error's type
   * @param code the error's code, or null
   * @param message the error in words
   */
  record Failure(
      int status, Map<String, String> headers, String type, @Nullable String code, String message)
      implements Reply {

    /** Makes a reply. */
    public Failure {
      headers = Map.copyOf(headers);
    }

    /** Returns the same error with one more header. */
    public Failure with(String header, String value) {
      return new Failure(status, Map.of(header, value), type, code, message);
    }

    @Override
    public String label() {
      return code == null ? "HTTP " + status : "HTTP " + status + " " + code;
    }
  }

  /**
   * Streams the beginning of an answer, and then an error, although the status was 200.
   *
   * @param tokens how much comes first; 0 if only the role does
   * @param error what comes then; its status is 200, and it has no headers
   */
  record StreamedFailure(int tokens, Failure error) implements Reply {

    @Override
    public String label() {
      return error.label() + " after " + tokens + " tokens";
    }
  }

  /** Begins an answer and resets the connection halfway. */
  record Drop() implements Reply {

    @Override
    public String label() {
      return "drops connection";
    }
  }

  /** Takes the request and says nothing, until the client hangs up. */
  record Silence() implements Reply {

    @Override
    public String label() {
      return "says nothing";
    }
  }

  /** Begins an answer and stops halfway, with the connection open, until the client hangs up. */
  record Stall() implements Reply {

    @Override
    public String label() {
      return "stalls halfway";
    }
  }
}
