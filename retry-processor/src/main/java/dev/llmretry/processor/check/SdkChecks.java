package dev.llmretry.processor.check;

import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.Sdk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes, once in a compilation, what the SDKs beside a client call for. */
public final class SdkChecks {

  private final Set<Sdk> noted = new HashSet<>();

  /** Makes checks that have noted nothing. */
  public SdkChecks() {}

  /**
   * Notes what there is to know of SDKs.
   *
   * @param sdks those that can be read from the client
   * @param hasExtractors whether retry-providers can be read, too
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
