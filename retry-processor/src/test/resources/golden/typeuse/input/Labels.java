package acme.typeuse;

import dev.llmretry.LlmRetry;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

/** Annotations with values, some of which only this class can name. */
final class Labels {

  private Labels() {}

  private enum Secret {
    HIDDEN
  }

  @Target(ElementType.TYPE_USE)
  @interface Label {
    String[] names() default {};

    TimeUnit unit() default TimeUnit.SECONDS;

    Class<?>[] types() default {};
  }

  @Target(ElementType.TYPE_USE)
  @interface Concealed {
    Secret value();
  }

  @LlmRetry
  interface Client {
    @Label(
        names = {"first", "second"},
        unit = TimeUnit.DAYS)
    String find(
        @Label(types = {String.class, Secret.class}) String left,
        @Concealed(Secret.HIDDEN) String out);
  }
}
