package dev.trunkline.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every metric as the code declares it, read from each service's metrics class. Micrometer's names are converted to the form that
 * Prometheus shows.
 */
final class DeclaredMetrics {
    /** @param labels in the order of their appearance @param name as Prometheus has it, without what a histogram adds */
    record Metric(String service, String name, String kind, Set<String> labels, String help, boolean histogram) {
        /** Every series that it has. */
        List<String> series() {
            return switch (kind) {
                case "timer", "summary" -> histogram
                        ? List.of(name + "_count", name + "_sum", name + "_max", name + "_bucket")
                        : List.of(name + "_count", name + "_sum", name + "_max", name);
                default -> List.of(name);
            };
        }
    }

    private static final Map<String, List<String>> CLASSES = new LinkedHashMap<>();

    static {
        CLASSES.put("sip-edge", List.of(
                "sip-edge/src/main/java/dev/trunkline/edge/metrics/EdgeMetrics.java",
                "sip-edge/src/main/java/dev/trunkline/edge/metrics/OutboundMetrics.java"));
        CLASSES.put("call-router", List.of("call-router/src/main/java/dev/trunkline/router/metrics/RouterMetrics.java"));
        CLASSES.put("rate-limiter", List.of("rate-limiter/src/main/java/dev/trunkline/limiter/metrics/LimiterMetrics.java"));
        CLASSES.put("media-relay", List.of("media-relay/src/main/java/dev/trunkline/relay/RelayMetrics.java"));
        CLASSES.put("agent-dispatcher", List.of("agent-dispatcher/src/main/java/dev/trunkline/dispatcher/metrics/DispatcherMetrics.java"));
        CLASSES.put("console", List.of("console/src/main/java/dev/trunkline/console/metrics/ConsoleMetrics.java"));
        CLASSES.put("livekit-sip-api", List.of("livekit-sip-api/src/main/java/dev/trunkline/sipapi/metrics/SipApiMetrics.java"));
        CLASSES.put("each service", List.of("call-bus/src/main/java/dev/trunkline/bus/ContainedFaults.java"));
    }

    private static final Pattern BUILDER = Pattern.compile(
            "(?:(\\w+)\\s*=\\s*)?\\b(Counter|Gauge|Timer|DistributionSummary|FunctionCounter)\\s*\\.builder\\(\\s*\"([^\"]+)\"(.*?)(?:\\.register\\(|\\.withRegistry\\()",
            Pattern.DOTALL);
    private static final Pattern HELPER = Pattern.compile("\\b(counter|count|gauge)\\(\\s*(?:registry,\\s*)?\"([^\"]+)\",\\s*\"([^\"]+)\"([^;]*)", Pattern.DOTALL);
    private static final Pattern DESCRIPTION = Pattern.compile("\\.description\\(\\s*\"([^\"]*)\"");
    private static final Pattern TAG = Pattern.compile("\\.tag\\(\\s*\"([^\"]+)\"");
    private static final Pattern BASE_UNIT = Pattern.compile("\\.baseUnit\\(\\s*\"([^\"]+)\"");

    private DeclaredMetrics() {}

    static List<Metric> all() throws IOException {
        List<Metric> all = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : CLASSES.entrySet()) {
            Map<String, Metric> found = new TreeMap<>();
            for (String file : entry.getValue()) {
                read(entry.getKey(), Repository.ROOT.resolve(file)).forEach(metric -> found.putIfAbsent(metric.name(), metric));
            }
            all.addAll(found.values());
        }
        return all;
    }

    private static List<Metric> read(String service, Path file) throws IOException {
        // A text of several literals is one.
        String source = Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
        List<Metric> metrics = new ArrayList<>();
        Matcher builder = BUILDER.matcher(source);
        while (builder.find()) {
            if (builder.group(3).endsWith(".")) {
                // The beginning of a name, in a helper whose callers say the rest.
                continue;
            }
            String body = builder.group(4);
            Set<String> labels = new LinkedHashSet<>(texts(TAG, body));
            if (builder.group(1) != null) {
                Matcher with = Pattern.compile("\\b" + builder.group(1) + "\\.withTags?\\((.*?)\\);").matcher(source);
                while (with.find()) {
                    labels.addAll(texts(Pattern.compile("\"([a-z]+)\""), with.group(1)));
                }
            }
            metrics.add(metric(service, builder.group(2), builder.group(3), labels, texts(DESCRIPTION, body).stream().findFirst().orElse(""),
                    texts(BASE_UNIT, body).stream().findFirst().orElse(""), body.contains("publishPercentileHistogram")));
        }
        Matcher helper = HELPER.matcher(source);
        while (helper.find()) {
            String name = service.equals("agent-dispatcher") ? "trunkline.dispatcher." + helper.group(2) : helper.group(2);
            Set<String> labels = new LinkedHashSet<>();
            if (service.equals("sip-edge")) {
                labels.addAll(tags(helper.group(4)));
            }
            if (helper.group(1).equals("count")) {
                // What the helper itself gives each.
                labels.addAll(texts(TAG, source.substring(source.indexOf("void count("))));
            }
            metrics.add(metric(service, helper.group(1).equals("gauge") ? "Gauge" : "Counter", name, labels, helper.group(3), "", false));
        }
        return metrics;
    }

    /** Of "label", value, "label", value: a literal that a comma goes before. */
    private static List<String> tags(String arguments) {
        return texts(Pattern.compile(",\\s*\"([a-z_]+)\",\\s*[A-Za-z]"), arguments);
    }

    private static List<String> texts(Pattern pattern, String text) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            texts.add(matcher.group(1));
        }
        return texts;
    }

    private static Metric metric(String service, String builder, String declared, Set<String> labels, String help, String unit, boolean histogram) {
        String name = declared.replace('.', '_');
        String kind = switch (builder) {
            case "Counter", "FunctionCounter" -> "counter";
            case "Timer" -> "timer";
            case "DistributionSummary" -> "summary";
            default -> "gauge";
        };
        String shown = switch (kind) {
            case "counter" -> name.endsWith("_total") ? name : name + "_total";
            case "timer" -> name + "_seconds";
            case "summary" -> unit.isEmpty() ? name : name + "_" + unit;
            default -> name;
        };
        return new Metric(service, shown, kind, labels, help, histogram);
    }
}
