package dev.trunkline.sip.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Determines the sequence in which gateways are tried: by order, and weighted random within an order, as for SRV records (RFC
 * 2782).
 */
public final class GatewayOrder {
    private GatewayOrder() {}

    /**
     * Returns the gateways that are up. If none is, returns all of them: monitoring must not block a call that might succeed.
     *
     * @param up whether the gateway's watch reports it as up
     */
    public static List<Gateway> of(List<Gateway> gateways, Predicate<Gateway> up, RandomGenerator random) {
        List<Gateway> there = gateways.stream().filter(up).toList();
        var waiting = new ArrayList<>(there.isEmpty() ? gateways : there);
        waiting.sort(Comparator.comparingInt(Gateway::order));
        var ordered = new ArrayList<Gateway>(waiting.size());
        while (!waiting.isEmpty()) {
            int same = 1;
            while (same < waiting.size() && waiting.get(same).order() == waiting.getFirst().order()) {
                same++;
            }
            ordered.add(waiting.remove(chosen(waiting.subList(0, same), random)));
        }
        return List.copyOf(ordered);
    }

    private static int chosen(List<Gateway> gateways, RandomGenerator random) {
        long sum = gateways.stream().mapToLong(Gateway::weight).sum();
        if (sum == 0) {
            return random.nextInt(gateways.size());
        }
        long wanted = random.nextLong(sum);
        long running = 0;
        for (int i = 0; i < gateways.size(); i++) {
            running += gateways.get(i).weight();
            if (wanted < running) {
                return i;
            }
        }
        throw new IllegalStateException("weights sum to less than their sum");
    }
}
