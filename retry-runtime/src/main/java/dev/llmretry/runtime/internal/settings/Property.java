package dev.llmretry.runtime.internal.settings;

/**
 * A setting as a source has it.
 *
 * @param key the key as written
 * @param path the key without its prefix, with dots between its parts
 * @param value the value
 * @param origin where it comes from
 * @param source the kind of source
 */
public record Property(String key, String path, String value, String origin, Source source) {

  /** The kinds of sources. */
  public enum Source {
    /** Contains settings that are meant for this application, such as a file. */
    OWN,
    /** Contains those of other programs, too: the properties of the JVM. */
    JVM,
    /** As {@link #JVM}, with names that separate words as they do parts of a path. */
    ENVIRONMENT
  }

  /** {@return whether the property may be meant for another program} */
  boolean mayBeForeign() {
    return source != Source.OWN;
  }

  /** {@return whether words look like parts of the path} */
  boolean isVariable() {
    return source == Source.ENVIRONMENT;
  }

  @Override
  public String toString() {
    return key + " = " + value + " (" + origin + ")";
  }
}
