package dev.llmretry.benchmarks.callers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** Draws results side by side, as an SVG image: a row for each policy, a column for each figure. */
final class Chart {

  private static final int WIDTH = 1_000;
  private static final int HEAD = 70;
  private static final int ROW = 26;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font TITLE = FONT.deriveFont(Font.BOLD);
  private static final Color OURS = new Color(0x0969da);
  private static final Color THEIRS = new Color(0x8c959f);
  private static final Color LINES = new Color(0xd1d9e0);

  /** Room for a figure beside the longest bar. */
  private static final double MARGIN = 0.35;

  private Chart() {}

  /**
   * Returns the image.
   *
   * @param atLimit at a rate limit
   * @param inOutage in an outage, of the same policies
   */
  static String of(List<Result> atLimit, List<Result> inOutage) {
    CategoryAxis names = new CategoryAxis();
    names.setTickLabelFont(FONT);
    names.setMaximumCategoryLabelWidthRatio(1);
    names.setAxisLineVisible(false);
    names.setTickMarksVisible(false);
    CombinedDomainCategoryPlot plot = new CombinedDomainCategoryPlot(names);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setGap(14);
    plot.add(column("Rate limit: answered, %", atLimit, Measure.ANSWERED));
    plot.add(column("Rate limit: requests per answer", atLimit, Measure.REQUESTS_PER_ANSWER));
    plot.add(column("Outage: requests per call", inOutage, Measure.REQUESTS_PER_CALL));

    JFreeChart chart = new JFreeChart(null, TITLE, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 10, 10));
    int height = HEAD + ROW * atLimit.size();
    SVGGraphics2D svg = new SVGGraphics2D(WIDTH, height);
    svg.setDefsKeyPrefix("chart"); // otherwise a time
    chart.draw(svg, new Rectangle2D.Double(0, 0, WIDTH, height));
    return svg.getSVGDocument();
  }

  private static CategoryPlot column(String title, List<Result> results, Measure measure) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (Result result : results) {
      double figure = result.figure(measure);
      data.addValue(Double.isInfinite(figure) ? null : figure, measure, result.policy().name());
    }
    NumberAxis axis = new NumberAxis(title);
    axis.setLabelFont(TITLE);
    axis.setTickLabelsVisible(false);
    axis.setTickMarksVisible(false);
    axis.setAxisLineVisible(false);
    axis.setUpperMargin(MARGIN);
    CategoryPlot column = new CategoryPlot(data, null, axis, new Bars(results, measure));
    column.setBackgroundPaint(Color.WHITE);
    column.setOutlineVisible(false);
    column.setRangeGridlinesVisible(false);
    column.setRangeZeroBaselineVisible(true);
    column.setRangeZeroBaselinePaint(LINES);
    column.setRangeZeroBaselineStroke(new BasicStroke(1));
    return column;
  }

  /** Bars with their figures beside them. */
  private static final class Bars extends BarRenderer {

    private static final long serialVersionUID = 1;

    private final transient List<Result> results;

    Bars(List<Result> results, Measure measure) {
      this.results = results;
      setBarPainter(new StandardBarPainter());
      setShadowVisible(false);
      setItemMargin(0);
      setDefaultItemLabelsVisible(true);
      setDefaultItemLabelFont(FONT);
      setDefaultPositiveItemLabelPosition(
          new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
      setDefaultItemLabelGenerator(new Figures(measure));
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return results.get(column).policy().isOurs() ? OURS : THEIRS;
    }
  }

  /** Prints figures as the tables do. */
  private static final class Figures extends StandardCategoryItemLabelGenerator {

    private static final long serialVersionUID = 1;

    private final Measure measure;

    Figures(Measure measure) {
      this.measure = measure;
    }

    @Override
    public String generateLabel(CategoryDataset data, int row, int column) {
      return measure.format(data.getValue(row, column).doubleValue());
    }
  }
}
