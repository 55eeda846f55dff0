package dev.trunkline.sip.locate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order in which SRV records are tried (RFC 2782): by priority, and weighted random within a priority. Pure. */
final class SrvOrder {
    private SrvOrder() {}

    static List<Dns.Srv> of(List<Dns.Srv> records, RandomGenerator random) {
        var ordered = new ArrayList<Dns.Srv>(records.size());
        // Within a priority the records without a weight come first, so that they too have a small chance.
        var waiting = new ArrayList<>(records);
        waiting.sort(Comparator.comparingInt(Dns.Srv::priority).thenComparing(record -> record.weight() > 0));
        while (!waiting.isEmpty()) {
            int same = 1;
            while (same < waiting.size() && waiting.get(same).priority() == waiting.getFirst().priority()) {
                same++;
            }
            ordered.add(waiting.remove(chosen(waiting.subList(0, same), random)));
        }
        return ordered;
    }

    /** Returns the first record whose running sum of weights reaches a random number between 0 and the total. */
    private static int chosen(List<Dns.Srv> records, RandomGenerator random) {
        int sum = records.stream().mapToInt(Dns.Srv::weight).sum();
        int wanted = random.nextInt(sum + 1);
        int running = 0;
        for (int i = 0; i < records.size(); i++) {
            running += records.get(i).weight();
            if (running >= wanted) {
                return i;
            }
        }
        throw new IllegalStateException("weights sum to less than their sum");
    }
}
