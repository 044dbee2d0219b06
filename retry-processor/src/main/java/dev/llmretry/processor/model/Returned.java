package dev.llmretry.processor.model;

import com.palantir.javapoet.ClassName;
import org.jspecify.annotations.Nullable;

/**
 * What a method returns, as far as a retry has to treat it in its own way.
 *
 * @param family what kind of thing it is
 * @param driver what retries it, if it is a future or publisher that can be retried
 * @param pull how it is read, if it is a stream that can be read until its first element
 * @param elements its elements, if it is a publisher or stream and they are known
 */
public record Returned(
    ReturnFamily family,
    @Nullable Driver driver,
    @Nullable Pull pull,
    @Nullable Elements elements) {

  /**
   * A class that retries futures or publishers of one type.
   *
   * @param type the class
   * @param method the method to call
   * @param adapters the class with methods from and to the JDK's type, if the driver knows that
   *     only
   * @param artifact the name of the artifact that has it
   * @param present whether it can be read
   */
  public record Driver(
      ClassName type,
      String method,
      @Nullable ClassName adapters,
      String artifact,
      boolean present) {

    /** Returns whether it retries completion stages, which elements may precede. */
    public boolean isOfStages() {
      return type.simpleName().equals("AsyncRetry");
    }
  }

  /**
   * How a stream is read.
   *
   * @param shape what is read
   * @param handle what has to be closed, and to be given back, if it is not the stream itself
   */
  public record Pull(Shape shape, @Nullable Handle handle) {}

  /** What can be read. */
  public enum Shape {
    STREAM("Stream"),
    ITERATOR("Iterator"),
    ITERABLE("Iterable");

    private final String type;

    Shape(String type) {
      this.type = type;
    }

    /** Returns its simple name. */
    public String type() {
      return type;
    }
  }
}
