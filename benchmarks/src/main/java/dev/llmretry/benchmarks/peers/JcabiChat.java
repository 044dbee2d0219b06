package dev.llmretry.benchmarks.peers;

import com.jcabi.aspects.RetryOnFailure;
import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.HandWritten;
import dev.llmretry.benchmarks.TransientChatException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Woven by AspectJ with jcabi-aspects, which tells errors apart by their class only. */
public class JcabiChat implements ChatClient {

  private final ChatClient delegate;

  public JcabiChat(ChatClient delegate) {
    this.delegate = delegate;
  }

  @Override
  @RetryOnFailure(
      attempts = HandWritten.MAX_RETRIES + 1,
      delay = 0,
      unit = TimeUnit.MILLISECONDS,
      types = TransientChatException.class,
      randomize = false,
      verbose = false)
  public String complete(String prompt) throws IOException {
    return delegate.complete(prompt);
  }
}
