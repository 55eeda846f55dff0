package dev.trunkline.bench;

import dev.trunkline.bench.report.Quantiles;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.MediaReady;
import java.util.List;
import java.util.Map;

/** Shows where the time of a setup goes: the median time of each event after the INVITE. */
final class Steps {
    private static final List<Map.Entry<String, Class<? extends CallRecord>>> STEPS = List.of(
            Map.entry("routed", CallRouted.class),
            Map.entry("admitted", CallAdmitted.class),
            Map.entry("dispatched", AgentDispatched.class),
            Map.entry("media ready", MediaReady.class),
            Map.entry("agent joined", AgentJoined.class),
            Map.entry("answered", CallAnswered.class));

    private Steps() {}

    /** Notes the steps. @param id of the setup to which they belong */
    static void note(Notebook notebook, String id, CallTimelines timelines) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, Class<? extends CallRecord>> step : STEPS) {
            Quantiles millis = Quantiles.of(timelines.millisTo(step.getValue()));
            if (millis.count() > 0) {
                line.append(line.isEmpty() ? "" : ", ").append(step.getKey()).append(" %.1f".formatted(millis.at(0.5)));
                notebook.keep(id + "." + step.getKey().replace(' ', '-'), "median moment after the INVITE: " + step.getKey(), millis.at(0.5), "ms");
            }
        }
        notebook.row("  median moments after the INVITE, ms", line.toString(), "");
    }
}
