package io.grayrelease.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Nanoseconds per routed call over providers, both axes logarithmic. */
final class Chart {
    private static final Map<String, String> LINES = new LinkedHashMap<>();

    /** The policy size that is drawn. */
    private static final String ROUTES = "10";

    static {
        LINES.put("dubboTagged", "Dubbo's tag router, tagged");
        LINES.put("dubboUntagged", "Dubbo's tag router, untagged");
        LINES.put("grayTagged", "ours, tagged");
        LINES.put("grayUntagged", "ours, untagged");
        LINES.put("cloneOnly", "BitList.clone alone");
    }

    private Chart() {}

    static XYChart draw(List<Measurement> measurements) {
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title("Time per routed call")
                .xAxisTitle("providers")
                .yAxisTitle("ns per call")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setDecimalPattern("#,###");
        chart.getStyler().setPlotGridLinesStroke(new BasicStroke(0.5f)); // dashed ones make a file of 900 KB
        chart.getStyler().setPlotGridLinesColor(new Color(225, 225, 225));
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        LINES.forEach((name, title) -> line(chart, title, points(measurements, name)));
        return chart;
    }

    private static List<Measurement> points(List<Measurement> measurements, String name) {
        return measurements.stream()
                .filter(measurement -> measurement.is("RoutingBenchmark", name))
                .filter(measurement ->
                        measurement.parameters().getOrDefault("routes", ROUTES).equals(ROUTES))
                .sorted(Comparator.comparingInt(measurement -> measurement.number("providers")))
                .toList();
    }

    private static void line(XYChart chart, String title, List<Measurement> points) {
        if (!points.isEmpty()) {
            double[] providers = points.stream()
                    .mapToDouble(point -> point.number("providers"))
                    .toArray();
            chart.addSeries(
                    title,
                    providers,
                    points.stream().mapToDouble(Measurement::nanos).toArray());
        }
    }

    static void write(XYChart chart, Path svg) throws IOException {
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg.toString(), VectorGraphicsFormat.SVG);
    }
}
