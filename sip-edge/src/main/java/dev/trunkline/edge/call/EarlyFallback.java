package dev.trunkline.edge.call;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.TraceStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is left to do for a caller whom no agent joined. The relay carries out forwards, announcements and messages, and, once the call is
 * answered, transfers by REFER. A refusal is the edge's task, if it is what comes next.
 *
 * @param byRelay whether the relay carries out what comes next, which means that the call continues
 * @param status of the refusal, if the fallback names one that comes next
 * @param trace that no agent came, and each skipped step with the reason
 */
record EarlyFallback(boolean byRelay, Optional<Integer> status, List<TraceStep> trace) {
    private static final String STEP = "fallback";

    EarlyFallback {
        trace = List.copyOf(trace);
    }

    /** The fallback before the answer. */
    static EarlyFallback of(AgentUnavailable none) {
        var trace = new ArrayList<TraceStep>();
        trace.add(new TraceStep("no-agent", none.why()));
        for (Fallback step : none.fallback()) {
            switch (step.kind()) {
                case FORWARD, ANNOUNCEMENT, VOICEMAIL -> {
                    return new EarlyFallback(true, Optional.empty(), trace);
                }
                case REFUSE -> {
                    Optional<Integer> status = refusal(step);
                    trace.add(status.map(EarlyFallback::refused)
                            .orElseGet(() -> new TraceStep(STEP, "refuse: the status must be 300 to 699; the reason's status is sent")));
                    return new EarlyFallback(false, status, trace);
                }
                case REFER -> trace.add(new TraceStep(STEP, "refer: the call is not answered; skipped"));
                case AGENT -> trace.add(new TraceStep(STEP, "agent " + step.target() + " comes after other steps; skipped"));
            }
        }
        return new EarlyFallback(false, Optional.empty(), trace);
    }

    /** What the relay carried out before the answer failed. @param detail why, in its words */
    static EarlyFallback inVain(List<Fallback> steps, String detail) {
        var trace = new ArrayList<TraceStep>();
        trace.add(new TraceStep(STEP, detail));
        Optional<Integer> status = steps.stream().flatMap(step -> refusal(step).stream()).findFirst();
        status.ifPresent(named -> trace.add(refused(named)));
        return new EarlyFallback(false, status, trace);
    }

    /** Whether the relay carries out what comes next for a caller whose call is answered. */
    static boolean goesOnAnswered(AgentUnavailable none) {
        return none.fallback().stream()
                .filter(step -> step.kind() != FallbackKind.AGENT)
                .findFirst()
                .filter(step -> step.kind() != FallbackKind.REFUSE)
                .isPresent();
    }

    /** Why an answered call ends for which nothing can be carried out, and what was left of the fallback. */
    static String afterAnswer(AgentUnavailable none) {
        return none.fallback().isEmpty()
                ? none.why()
                : none.fallback().stream()
                        .map(step -> step.kind().code() + " " + step.target() + " is skipped")
                        .collect(Collectors.joining("; ", none.why() + " The call is answered: ", "."));
    }

    private static TraceStep refused(int status) {
        return new TraceStep(STEP, "refused with status " + status);
    }

    private static Optional<Integer> refusal(Fallback step) {
        int number = step.kind() == FallbackKind.REFUSE ? Texts.number(step.target(), 3).orElse(0) : 0;
        return number >= 300 && number < 700 ? Optional.of(number) : Optional.empty();
    }
}
