package dev.trunkline.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Lists what the figures do not cover: what is never measured, and what was left out this time. */
final class NotMeasured {
    private static final List<String> ALWAYS = List.of(
            "a network: phones, suite and LiveKit share this machine, and nothing is lost, delayed or reordered on the way",
            "a quiet machine: the phones, the agent and LiveKit compete with the suite for the same cores",
            "an agent that joins without LiveKit's dispatch (target p50 60 ms): the demo agent is dispatched, and LiveKit waits 200 ms "
                    + "for offers of its workers before it gives the job to one",
            "a phone's jitter buffer, microphone and loudspeaker, which a person's ear would add to the echo delay",
            "transcoding, encryption (SRTP, TLS), hold, DTMF, several agents in a room",
            "Kafka, Redis and Postgres as clusters; more than one instance of a service: reads an event say so of one edge and one relay",
            "hours: leaks and drift need a longer run than this");
    private static final String RESIDENT =
            "live memory, but for the live heaps of --scale: resident memory holds garbage that the collector has not taken yet, and never "
                    + "shrinks much";

    private NotMeasured() {}

    /**
     * @param measured the kinds of measurement in this run
     * @param pythonAgents whether LiveKit's Python worker was among the agents
     */
    static List<String> of(Set<Kind> measured, boolean pythonAgents) {
        List<String> lines = new ArrayList<>();
        EnumSet.complementOf(measured.isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(measured))
                .forEach(kind -> lines.add("in this sitting: " + left(kind)));
        if (measured.contains(Kind.HELD) && !pythonAgents) {
            lines.add("in this sitting: other agents than ours, which is light; LiveKit's Python worker is slower to join and to echo "
                    + "(--agents python)");
        }
        lines.addAll(ALWAYS);
        lines.add(RESIDENT);
        if (measured.contains(Kind.SIP)) {
            lines.addAll(SipBench.notMeasured());
        }
        return List.copyOf(lines);
    }

    private static String left(Kind kind) {
        return switch (kind) {
            case COLD -> "the first seconds after ready (--cold)";
            case HELD -> "setup, echo and what held calls cost (no option, or --agents)";
            case DECISIONS -> "decisions under load (--rate)";
            case REFUSED -> "refused INVITEs a second (--refused)";
            case SCALE -> "what grows with the number of calls (--scale)";
            case SIP -> "signalling alone, by SIPp (--sip)";
        };
    }
}
