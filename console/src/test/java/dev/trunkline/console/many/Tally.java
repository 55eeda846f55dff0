package dev.trunkline.console.many;

import dev.trunkline.console.many.GeneratedCalls.Call;
import dev.trunkline.console.many.GeneratedCalls.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts what {@code count_calls} of the migration {@code V6} counts, for the calls of a quarter of an hour, or of a day. */
final class Tally {
    private static final double BASE = Math.log(1.1);
    private static final int LARGEST = 255;
    private static final int SETUP = 256;
    private static final int QUALITY = 512;
    private static final int SHORT_MILLIS = 10_000;

    private final Names names;
    private final int[] reasons;
    private final Cell suite = new Cell("suite", "", "");
    private final List<Cell[]> ofNumber = new ArrayList<>();
    private final Cell[][] trunkOf;
    private final Cell[] trunk = new Cell[GeneratedCalls.TRUNKS];
    private final List<Cell> counted = new ArrayList<>();

    /** The counts for one value of a dimension. */
    static final class Cell {
        final String dimension;
        final String organisationId;
        final String value;
        long calls;
        long answered;
        long refused;
        long shortCalls;
        long talkMillis;
        long belowThree;
        private int[] keys = new int[8];
        private int size;

        Cell(String dimension, String organisationId, String value) {
            this.dimension = dimension;
            this.organisationId = organisationId;
            this.value = value;
        }

        private void key(int key) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
            }
            keys[size++] = key;
        }

        /** Returns one element per key: key * 2^32 + count, in the order of keys. */
        long[] bins() {
            Arrays.sort(keys, 0, size);
            long[] bins = new long[size];
            int found = 0;
            for (int i = 0; i < size; i++) {
                if (i > 0 && keys[i] == keys[i - 1]) {
                    bins[found - 1]++;
                } else {
                    bins[found++] = ((long) keys[i] << 32) + 1;
                }
            }
            return Arrays.copyOf(bins, found);
        }

        private void clear() {
            calls = answered = refused = shortCalls = talkMillis = belowThree = 0;
            size = 0;
        }
    }

    /** @param reasons ids of the four reasons in {@code call_reasons} */
    Tally(Names names, int[] reasons) {
        this.names = names;
        this.reasons = reasons.clone();
        int organisations = GeneratedCalls.ORGANISATIONS + 1;
        trunkOf = new Cell[organisations][GeneratedCalls.TRUNKS];
        Cell[] organisation = new Cell[organisations];
        for (int o = 0; o < organisations; o++) {
            organisation[o] = new Cell("organisation", names.organisationId(o), "");
            for (int t = 0; t < GeneratedCalls.TRUNKS; t++) {
                trunkOf[o][t] = new Cell("trunk", names.organisationId(o), names.trunk(t));
            }
        }
        for (int t = 0; t < GeneratedCalls.TRUNKS; t++) {
            trunk[t] = new Cell("trunk", "*", names.trunk(t));
        }
        Cell[] agents = new Cell[GeneratedCalls.AGENTS];
        Arrays.setAll(agents, a -> new Cell("agent", "*", names.agent(a, false)));
        Cell early = new Cell("agent", "*", GeneratedCalls.EARLY_AGENT);
        Cell[] agentOf = new Cell[organisations];
        Arrays.setAll(agentOf, o -> new Cell("agent", names.organisationId(o), names.agent(o, false)));
        Cell[] earlyOf = new Cell[organisations];
        Arrays.setAll(earlyOf, o -> new Cell("agent", names.organisationId(o), GeneratedCalls.EARLY_AGENT));
        for (int n = 0; n <= GeneratedCalls.SMALL; n++) {
            int o = names.organisationOf(n);
            ofNumber.add(new Cell[] {
                new Cell("number", names.organisationId(o), names.number(n)), organisation[o], agentOf[o], agents[n % GeneratedCalls.AGENTS],
                earlyOf[o], early,
            });
        }
    }

    void add(Call call) {
        Cell[] of = ofNumber.get(call.number());
        int organisation = names.organisationOf(call.number());
        add(suite, call);
        add(of[0], call);
        add(of[1], call);
        add(of[call.early() ? 4 : 2], call);
        add(of[call.early() ? 5 : 3], call);
        add(trunkOf[organisation][call.trunk()], call);
        add(trunk[call.trunk()], call);
    }

    private void add(Cell cell, Call call) {
        if (cell.calls == 0) {
            counted.add(cell);
        }
        cell.calls++;
        if (call.outcome() == Outcome.REFUSED) {
            cell.refused++;
            cell.key(reasons[call.reason()]);
        }
        if (call.outcome() == Outcome.ANSWERED) {
            cell.answered++;
            cell.talkMillis += call.talkMillis();
            cell.shortCalls += call.talkMillis() < SHORT_MILLIS ? 1 : 0;
            cell.belowThree += call.mosTenths() < 30 ? 1 : 0;
            cell.key(bin(call.talkMillis()));
            cell.key(SETUP + bin(call.setupMillis()));
            cell.key(QUALITY + call.mosTenths());
        }
    }

    private static int bin(long millis) {
        return Math.min(LARGEST, (int) Math.floor(Math.log(Math.max(1, millis)) / BASE));
    }

    /** Returns what was counted, in the order of calls; counting starts anew once all of it has been taken. */
    List<Cell> taken() {
        List<Cell> taken = List.copyOf(counted);
        counted.clear();
        return taken;
    }

    static void clear(List<Cell> taken) {
        taken.forEach(Cell::clear);
    }
}
