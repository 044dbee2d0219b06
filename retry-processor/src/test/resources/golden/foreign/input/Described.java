package acme.foreign;

interface Described {

  default String describe(String prefix) {
    return prefix;
  }
}
