package dev.trunkline.edge.call;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.TraceStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is left to do for a caller to whom no agent came, before the answer: the first step of the fallback that can be
 * carried out then.
 *
 * @param forward where the caller is sent on to
 * @param status of the refusal, where the fallback names one; at most one of the two is there
 * @param trace that no agent came, and each step with what became of it
 */
record EarlyFallback(Optional<String> forward, Optional<Integer> status, List<TraceStep> trace) {
    private static final String STEP = "fallback";

    static EarlyFallback of(AgentUnavailable none) {
        List<TraceStep> trace = new ArrayList<>();
        trace.add(new TraceStep("no-agent", none.why()));
        for (Fallback step : none.fallback()) {
            switch (step.kind()) {
                case FORWARD -> {
                    if (Replies.isTarget(step.target())) {
                        return new EarlyFallback(Optional.of(step.target()), Optional.empty(), trace);
                    }
                    trace.add(new TraceStep(STEP, "forward: the target is no SIP or tel URI; passed over"));
                }
                case REFUSE -> {
                    if (isRefusal(step.target())) {
                        trace.add(new TraceStep(STEP, "refused with status " + step.target()));
                        return new EarlyFallback(Optional.empty(), Optional.of(Integer.valueOf(step.target())), trace);
                    }
                    trace.add(new TraceStep(STEP, "refuse: the status must be 300 to 699; passed over"));
                }
                case AGENT, REFER, ANNOUNCEMENT -> trace.add(new TraceStep(STEP, notCarriedOut(step)));
            }
        }
        return new EarlyFallback(Optional.empty(), Optional.empty(), trace);
    }

    /** After the answer no step can be carried out: why the call ends, and what of the fallback was left. */
    static String afterAnswer(AgentUnavailable none) {
        return none.fallback().isEmpty()
                ? none.why()
                : none.fallback().stream()
                        .map(EarlyFallback::notCarriedOut)
                        .collect(Collectors.joining("; ", none.why() + " The call is answered: ", "."));
    }

    private static boolean isRefusal(String status) {
        int number = Texts.number(status, 3).orElse(0);
        return number >= 300 && number < 700;
    }

    private static String notCarriedOut(Fallback step) {
        return step.kind().code() + " " + step.target() + " is not carried out by this version; passed over";
    }
}
