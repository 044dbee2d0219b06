package acme.innernames;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamCallback;
import dev.llmretry.StreamRetry;
import java.util.stream.Stream;

public interface InnerNames {
  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Handle handle(String header);

  @LlmRetry
  void callback(@StreamCallback Callback callback);

  interface Handle extends AutoCloseable {
    int handle = 1;
    int elements = 2;
    int header = 3;

    Stream<java.lang.String> stream();

    @Override
    void close();

    interface String {}
  }

  interface Callback {
    int gate = 1;
    int callback = 2;

    void onText(java.lang.String text);

    void onClose();

    @interface Override {}
  }
}
