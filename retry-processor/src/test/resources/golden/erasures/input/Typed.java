package acme.erasures;

import java.util.List;

interface Typed {
  String complete(List<String> prompts, int count);

  <T> void forget(T prompt);
}
