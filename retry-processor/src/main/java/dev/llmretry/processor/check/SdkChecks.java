package dev.llmretry.processor.check;

import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.Sdk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes, once per compilation, SDKs that retry by themselves or need an extractor. */
public final class SdkChecks {

  private final Set<Sdk> noted = new HashSet<>();

  /** Creates checks for one compilation. */
  public SdkChecks() {}

  /**
   * Reports the notes about SDKs that have not been reported.
   *
   * @param sdks the SDKs on the class path of the annotated type
   * @param hasExtractors whether retry-providers is on it, too
   */
  public void check(List<Sdk> sdks, boolean hasExtractors, Position at, Reporter reporter) {
    for (Sdk sdk : sdks) {
      if (noted.add(sdk)) {
        if (!hasExtractors) {
          reporter.report(Diagnostic.NO_EXTRACTORS, at, sdk.name());
        }
        reporter.report(Diagnostic.SDK_RETRIES, at, sdk.name(), sdk.retries(), sdk.setting());
      }
    }
  }
}
