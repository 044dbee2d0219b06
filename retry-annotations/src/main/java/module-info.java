/**
 * The annotations that ask for a retrying wrapper, and the two interfaces by which a client's own
 * exceptions say what they are. Depends on nothing.
 */
module dev.llmretry {
  requires static org.jspecify;

  exports dev.llmretry;
}
