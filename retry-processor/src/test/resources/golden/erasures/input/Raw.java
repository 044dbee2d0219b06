package acme.erasures;

import java.util.List;

@SuppressWarnings("rawtypes")
interface Raw {
  String complete(List prompts, int count);

  void forget(Object prompt);
}
