package dev.llmretry.examples.client;

import dev.llmretry.FailureKind;
import dev.llmretry.Reviser;
import dev.llmretry.runtime.RejectedResultException;

/** Shows the model its rejected answer and what is wrong with it, and asks again. */
public final class JsonReviser implements Reviser<ChatRequest> {

  /** Called by generated code. */
  public JsonReviser() {}

  /** Leaves the request as it is after other failures, such as HTTP 503. */
  @Override
  public ChatRequest revise(ChatRequest request, FailureKind kind, Throwable error) {
    return error instanceof RejectedResultException rejected
            && rejected.result() instanceof ChatResponse answer
        ? request.followedBy(
            answer.message(),
            Message.user(
                "Your answer was rejected: "
                    + rejected.rejection().reason()
                    + ". Answer with a JSON object, and nothing else."))
        : request;
  }
}
