package dev.llmretry.processor.check;

import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.Sdk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Notes, once per compilation, each SDK that retries by itself, and that an artifact is missing.
 */
public final class SdkChecks {

  private final Set<Sdk> noted = new HashSet<>();
  private boolean notedExtractors;

  /** Creates checks for one compilation. */
  public SdkChecks() {}

  /**
   * Reports the notes about SDKs that have not been reported.
   *
   * @param sdks the SDKs on the class path of the annotated type
   * @param unread those whose exceptions retry-providers would read, which is not on it
   */
  public void check(List<Sdk> sdks, List<Sdk> unread, Position at, Reporter reporter) {
    if (!unread.isEmpty() && !notedExtractors) {
      notedExtractors = true;
      reporter.report(Diagnostic.NO_EXTRACTORS, at, enumerate(unread));
    }
    for (Sdk sdk : sdks) {
      if (noted.add(sdk)) {
        reporter.report(Diagnostic.SDK_RETRIES, at, sdk.name(), sdk.retries(), sdk.setting());
      }
    }
  }

  private static String enumerate(List<Sdk> sdks) {
    List<String> names = sdks.stream().map(Sdk::name).toList();
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
