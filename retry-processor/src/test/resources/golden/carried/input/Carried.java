package acme.carried;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

@Carried.OnType
public interface Carried extends Inherited {

  @Resilient
  @Timed("ask")
  @Timed(value = "ask.again", max = Long.MAX_VALUE, unit = Unit.OLD, of = {String.class, Unit.class})
  @InClassFile
  @InSource
  @OnResult
  String ask(@OnAnything String question);

  @NoRetry
  @OnAnything
  @Deprecated
  void once();

  @Override
  @LlmRetry
  @SuppressWarnings({"all", "deprecation"})
  @Old
  String inherited(String text);

  @Retention(RetentionPolicy.RUNTIME)
  @Repeatable(TimedSet.class)
  @interface Timed {
    String value();

    long max() default 0;

    Unit unit() default Unit.MILLIS;

    Class<?>[] of() default {};
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface TimedSet {
    Timed[] value();
  }

  enum Unit {
    MILLIS,
    @Deprecated
    OLD
  }

  @Retention(RetentionPolicy.CLASS)
  @interface InClassFile {}

  @Retention(RetentionPolicy.SOURCE)
  @interface InSource {}

  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.TYPE_USE})
  @interface OnResult {}

  @Retention(RetentionPolicy.RUNTIME)
  @interface OnAnything {}

  @Retention(RetentionPolicy.RUNTIME)
  @interface OnType {}

  @Deprecated
  @Retention(RetentionPolicy.RUNTIME)
  @interface Old {}

  @LlmRetry(max = 1)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Resilient {}
}
