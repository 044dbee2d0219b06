package dev.llmretry.processor.check;

import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.Sdk;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.lang.model.util.Elements;

/** Notes, once in a compilation, what the SDKs beside a client call for. */
public final class SdkChecks {

  private static final Map<Elements, SdkChecks> COMPILATIONS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Set<Sdk> noted = EnumSet.noneOf(Sdk.class);

  private SdkChecks() {}

  /** Returns those of a compilation, in which several processors take part. */
  public static SdkChecks of(Elements compilation) {
    return COMPILATIONS.computeIfAbsent(compilation, first -> new SdkChecks());
  }

  /**
   * Notes what there is to know of SDKs.
   *
   * @param sdks those that can be read from the client
   * @param hasExtractors whether retry-providers can be read, too
   */
  public void check(Set<Sdk> sdks, boolean hasExtractors, Position at, Reporter reporter) {
    for (Sdk sdk : sdks) {
      if (noted.add(sdk)) {
        if (!hasExtractors) {
          reporter.report(Diagnostic.NO_EXTRACTORS, at, sdk.text());
        }
        reporter.report(Diagnostic.SDK_RETRIES, at, sdk.text(), sdk.retries(), sdk.setting());
      }
    }
  }
}
