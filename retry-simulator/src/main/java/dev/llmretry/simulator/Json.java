package dev.llmretry.simulator;

import java.util.Collection;
import java.util.function.Consumer;

/** Writes JSON that can be part of an HTML page. */
final class Json {

  private final StringBuilder text = new StringBuilder();
  private boolean separated = true;

  private void separate() {
    if (!separated) {
      text.append(',');
    }
    separated = false;
  }

  Json object(Runnable members) {
    separate();
    text.append('{');
    separated = true;
    members.run();
    text.append('}');
    separated = false;
    return this;
  }

  <T> Json array(Collection<? extends T> elements, Consumer<T> write) {
    separate();
    text.append('[');
    separated = true;
    elements.forEach(write);
    text.append(']');
    separated = false;
    return this;
  }

  Json name(String name) {
    value(name);
    text.append(':');
    separated = true;
    return this;
  }

  Json value(String value) {
    separate();
    text.append('"');
    value.chars().forEach(this::append);
    text.append('"');
    return this;
  }

  /** Escapes {@code <} too, which could end the element of the page. */
  private void append(int c) {
    if (c < ' ' || c == '"' || c == '\\' || c == '<') {
      text.append(String.format("\\u%04x", c));
    } else {
      text.append((char) c);
    }
  }

  Json value(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  /** JSON has no infinity: it is null. */
  Json value(double value) {
    separate();
    double rounded = Math.round(value * 1_000) / 1_000.0;
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      text.append("null");
    } else if (rounded == (long) rounded) {
      text.append((long) rounded);
    } else {
      text.append(rounded);
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
