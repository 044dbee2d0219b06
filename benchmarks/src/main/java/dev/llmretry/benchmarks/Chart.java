package dev.llmretry.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Draws what calls cost, as an SVG image that suits light and dark pages. The scale is logarithmic,
 * since the costs differ a thousandfold; each bar has its figure beside it.
 */
final class Chart {

  private static final List<Scenario> PANELS =
      List.of(Scenario.SUCCESS, Scenario.TWO_FAILURES, Scenario.REFUSAL);
  private static final Setting SETTING = Setting.APART;
  private static final List<Client> BARS =
      List.of(
          Client.DIRECT,
          Client.HAND_WRITTEN,
          Client.GENERATED,
          Client.WOVEN,
          Client.RETRY_CALL,
          Client.RESILIENCE4J,
          Client.SPRING_TEMPLATE,
          Client.GUAVA_RETRYING,
          Client.JCABI,
          Client.FAILSAFE,
          Client.SPRING,
          Client.SMALLRYE,
          Client.MICRONAUT);
  private static final List<Client> OURS =
      List.of(Client.GENERATED, Client.WOVEN, Client.RETRY_CALL);

  private static final int WIDTH = 860;
  private static final int LEFT = 230;
  private static final int SCALE_WIDTH = 480;
  private static final int ROW = 22;
  private static final int BAR = 15;
  private static final int HEAD = 48;
  private static final int TITLE = 34;

  private static final String STYLE =
      """
      <style>
        svg { --page: #ffffff; --ink: #1f2328; --faint: #d1d9e0; --theirs: #8c959f; --ours: #0969da; }
        @media (prefers-color-scheme: dark) {
          svg { --page: #0d1117; --ink: #e6edf3; --faint: #3d444d; --theirs: #7d8590; --ours: #4493f8; }
        }
        text { font: 13px system-ui, sans-serif; fill: var(--ink); }
        .title { font-weight: 600; }
        .tick { font-size: 11px; text-anchor: middle; }
        .name { text-anchor: end; }
        line { stroke: var(--faint); }
        .page { fill: var(--page); }
        .ours { fill: var(--ours); }
        .theirs { fill: var(--theirs); }
      </style>
      """;

  private final Results results;
  private final StringBuilder svg = new StringBuilder();

  private Chart(Results results) {
    this.results = results;
  }

  /** Returns the image. */
  static String of(Results results) {
    return new Chart(results).draw();
  }

  private String draw() {
    int y = TITLE;
    for (Scenario panel : PANELS) {
      List<Case> bars = bars(panel);
      if (!bars.isEmpty()) {
        y = addPanel(panel, bars, y);
      }
    }
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " role=\"img\" aria-label=\"What one call costs, in nanoseconds\">%n%s"
                + "<rect class=\"page\" width=\"100%%\" height=\"100%%\"/>%n"
                + "<text class=\"title\" x=\"16\" y=\"22\">Processor time of one call, %s,"
                + " JDK %s; logarithmic scale</text>%n%s</svg>%n",
            WIDTH,
            y,
            WIDTH,
            STYLE,
            SETTING.text(),
            results.jdk(),
            svg)
        .replace(System.lineSeparator(), "\n");
  }

  private List<Case> bars(Scenario panel) {
    return BARS.stream()
        .map(client -> new Case(panel, SETTING, client))
        .filter(results::has)
        .toList();
  }

  /** Returns where the next one begins. */
  private int addPanel(Scenario panel, List<Case> bars, int y) {
    Scale scale = Scale.around(bars.stream().mapToDouble(this::nanos).toArray());
    int top = y + HEAD;
    int bottom = top + bars.size() * ROW;
    add("<text class=\"title\" x=\"16\" y=\"%d\">%s</text>", y + 20, panel.text());
    for (int power = scale.from(); power <= scale.to(); power++) {
      double x = x(scale, Math.pow(10, power));
      add("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x, top - 4, x, bottom);
      add("<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s</text>", x, top - 8, tick(power));
    }
    int row = top;
    for (Case bar : bars) {
      addBar(bar, scale, row);
      row += ROW;
    }
    return bottom + 16;
  }

  private void addBar(Case bar, Scale scale, int y) {
    double end = x(scale, nanos(bar));
    int base = y + BAR - 2;
    add("<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>", LEFT - 8, base, bar.client().text());
    add(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
        OURS.contains(bar.client()) ? "ours" : "theirs", LEFT, y, end - LEFT, BAR);
    add(
        "<text x=\"%.1f\" y=\"%d\">%s ns, %,d B</text>",
        end + 6, base, Numbers.nanos(nanos(bar)), results.bytes(bar));
  }

  private double nanos(Case bar) {
    return results.nanos(bar).least();
  }

  private static double x(Scale scale, double nanos) {
    return LEFT + SCALE_WIDTH * scale.part(nanos);
  }

  private static String tick(int power) {
    return power < 0
        ? String.format(Locale.ROOT, "%." + -power + "f ns", Math.pow(10, power))
        : String.format(Locale.ROOT, "%,.0f ns", Math.pow(10, power));
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** Whole powers of ten. */
  private record Scale(int from, int to) {

    static Scale around(double... values) {
      double least = Double.POSITIVE_INFINITY;
      double most = 0;
      for (double value : values) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      int from = (int) Math.ceil(Math.log10(least)) - 1;
      return new Scale(from, Math.max(from + 1, (int) Math.ceil(Math.log10(most))));
    }

    double part(double value) {
      return (Math.log10(value) - from) / (to - from);
    }
  }
}
