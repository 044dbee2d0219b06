package dev.llmretry.processor.model;

/** The type that elements are pulled from. */
public enum ElementSource {
  STREAM("Stream"),
  ITERATOR("Iterator"),
  ITERABLE("Iterable");

  private final String type;

  ElementSource(String type) {
    this.type = type;
  }

  /** Returns the simple name of the type. */
  public String type() {
    return type;
  }
}
