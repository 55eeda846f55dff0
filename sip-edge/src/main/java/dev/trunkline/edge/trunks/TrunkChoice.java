package dev.trunkline.edge.trunks;

import dev.trunkline.edge.dialled.DialledLine;
import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.sip.message.SipRequest;
import java.util.List;

/**
 * Chooses the trunk of a request among several of one address, or of one user: the one whose {@code numbers} match the
 * dialled number most closely; else the first that lists none; else the first. The order is that of their ids.
 */
final class TrunkChoice {
    /** Closer than a prefix of any length. */
    private static final int EXACT = 1_000;
    private static final int ANY = 0;
    private static final int NONE = -1;

    private static final int MOST_PIECES = 64;

    private TrunkChoice() {}

    /** @param trunks one at least, in the order of their ids */
    static KnownTrunk of(List<KnownTrunk> trunks, SipRequest request) {
        KnownTrunk best = trunks.getFirst();
        if (trunks.size() == 1) {
            // Whether it may bring the number at all is not for the edge to decide.
            return best;
        }
        int closest = closeness(best.trunk(), request);
        for (KnownTrunk trunk : trunks.subList(1, trunks.size())) {
            int closeness = closeness(trunk.trunk(), request);
            if (closeness > closest) {
                best = trunk;
                closest = closeness;
            }
        }
        return best;
    }

    private static int closeness(Trunk trunk, SipRequest request) {
        if (trunk.numbers().isEmpty()) {
            return ANY;
        }
        NumberPlan plan = NumberPlan.of(trunk);
        String dialled = plan.normalise(DialledLine.of(request, trunk.calledFrom()).number()).text();
        return trunk.numbers().stream().mapToInt(pattern -> closeness(pattern.strip(), dialled, plan)).max().orElse(NONE);
    }

    /** Patterns as the directory has them: a number, or a prefix in E.164 form and a star. */
    private static int closeness(String pattern, String dialled, NumberPlan plan) {
        if (!pattern.endsWith("*")) {
            return plan.normalise(pattern).text().equals(dialled) ? EXACT : NONE;
        }
        String stem = String.join("", Texts.pieces(pattern.substring(0, pattern.length() - 1), "-.() ", MOST_PIECES));
        String beginning = stem.startsWith("00") ? "+" + stem.substring(2) : stem;
        return dialled.startsWith(beginning) ? beginning.length() : NONE;
    }
}
