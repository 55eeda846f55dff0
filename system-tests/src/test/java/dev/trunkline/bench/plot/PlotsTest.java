package dev.trunkline.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.bench.plot.LinePlot.Line;
import dev.trunkline.bench.plot.LinePlot.Point;
import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.bench.report.Second;
import dev.trunkline.bench.report.Start;
import dev.trunkline.bench.report.Target;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PlotsTest {

    @Test
    void aDrawingIsWellFormedWhateverItsWordsAre() throws Exception {
        String svg = new Svg("a <b> & \"c\"", 10).text("tick", 1, 2, Svg.Anchor.START, "5 < 6 & \"more\"").rect("column", 0, 0, 1, 1, "<tip>").done();
        assertThat(read(svg).getDocumentElement().getAttribute("aria-label")).isEqualTo("a <b> & \"c\"");
        assertThat(texts(read(svg))).containsExactly("5 < 6 & \"more\"");
    }

    @Test
    void aHistogramMarksMedianAndTailAndTheTargetOfTheMedian() throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            millis.add((double) i);
        }
        Document plot = read(HistogramPlot.of(Distribution.of("d", "decision", millis).with(Target.atMost(4)), Optional.empty()));
        assertThat(texts(plot)).contains("p50 50", "p99 99", "target p50 4", "ms");
        assertThat(ofClass(plot, "rect", "column")).hasSize(40);
    }

    @Test
    void anAxisIsLogarithmicWhereTheSlowestIsFarFromTheUsual() {
        assertThat(HistogramPlot.axis(List.of(3.0, 4.0, 5.0, 40.0)).logarithmic()).isFalse();
        assertThat(HistogramPlot.axis(List.of(3.0, 4.0, 5.0, 200.0)).logarithmic()).isTrue();
        assertThat(HistogramPlot.axis(List.of(0.0, 0.0, 0.0, 0.0)).logarithmic()).isFalse();
        assertThat(HistogramPlot.axis(List.of(0.0, 0.0, 0.01, 9.0)).from()).isEqualTo(0.1);
    }

    @Test
    void anOlderDistributionIsAnOutlineOnTheSameAxis() throws Exception {
        Distribution now = Distribution.of("d", "decision", List.of(1.0, 2.0, 3.0));
        Document plot = read(HistogramPlot.of(now, Optional.of(Distribution.of("d", "decision", List.of(8.0, 9.0, 10.0)))));
        assertThat(ofClass(plot, "path", "before")).hasSize(1);
        assertThat(texts(plot)).contains("10");
    }

    @Test
    void whatWasNotMeasuredIsSaidInEachPlot() throws Exception {
        assertThat(texts(read(HistogramPlot.of(Distribution.of("d", "d", List.of()), Optional.empty())))).containsExactly("nothing measured");
        assertThat(texts(read(LinePlot.of("t", "calls", "MiB", List.of(new Line("a", 0, List.of())), Optional.empty())))).containsExactly("nothing measured");
    }

    @Test
    void linesHavePointsWithTheirValuesAndNamesThatDoNotCoverEachOther() throws Exception {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            lines.add(new Line("part-" + i, i, List.of(new Point(10, 1), new Point(200, 1 + i * 0.01))));
        }
        Document plot = read(LinePlot.of("CPU", "calls", "% of a core", lines, Optional.of(Target.atMost(1.5))));
        assertThat(ofClass(plot, "path", "line")).hasSize(7);
        assertThat(plot.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("part-0, 10 calls: 1 % of a core");
        assertThat(texts(plot)).contains("target 1.5");
        List<Double> heights = new ArrayList<>(ofClass(plot, "text", "label s").stream().map(name -> Double.valueOf(name.getAttribute("y"))).toList());
        heights.sort(null);
        assertThat(heights).hasSize(7);
        for (int i = 1; i < heights.size(); i++) {
            assertThat(heights.get(i) - heights.get(i - 1)).isGreaterThanOrEqualTo(11.9);
        }
        assertThat(heights.getLast()).isLessThan(200);
    }

    @Test
    void eachSecondIsStackedByWhatBecameOfItsInvites() throws Exception {
        var minute = new FirstMinute(Instant.EPOCH, 0.1, 10, List.of(new Second(5, 3, 1, 1, 900), new Second(10, 0, 0, 0, 12)), 90);
        Document plot = read(SecondsPlot.answers(minute));
        assertThat(ofClass(plot, "rect", "good")).hasSize(2);
        assertThat(ofClass(plot, "rect", "late")).hasSize(1);
        assertThat(ofClass(plot, "rect", "refused")).hasSize(1);
        assertThat(ofClass(plot, "rect", "none")).hasSize(1);
        Element good = ofClass(plot, "rect", "good").getFirst();
        Element late = ofClass(plot, "rect", "late").getFirst();
        assertThat(number(late, "y") + number(late, "height")).isEqualTo(number(good, "y"));
        assertThat(ofClass(read(SecondsPlot.slowest(minute)), "rect", "column")).hasSize(2);
    }

    @Test
    void aStartIsABarFromBeginToReady() throws Exception {
        Document plot = read(StartsPlot.of(List.of(new Start("sip-edge", 2, 4, 2.5), new Start("kafka", 0, 2, 0))));
        List<Element> bars = ofClass(plot, "rect", "column");
        assertThat(number(bars.get(0), "x") + number(bars.get(0), "width")).isCloseTo(number(bars.get(1), "x"), within(0.11));
        assertThat(bars.get(1).getTextContent()).isEqualTo("sip-edge: 2 s, 2.5 s of CPU");
        assertThat(bars.get(0).getTextContent()).isEqualTo("kafka: 2 s");
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static Document read(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document plot) {
        return elements(plot.getElementsByTagName("text")).stream().map(Element::getTextContent).toList();
    }

    private static List<Element> ofClass(Document plot, String name, String style) {
        return elements(plot.getElementsByTagName(name)).stream().filter(each -> each.getAttribute("class").startsWith(style)).toList();
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
