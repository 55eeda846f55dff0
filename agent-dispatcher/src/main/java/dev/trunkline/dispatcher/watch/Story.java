package dev.trunkline.dispatcher.watch;

import dev.trunkline.dispatcher.watch.Plan.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in one sentence why nobody came. */
final class Story {
    private Story() {}

    static String of(List<Round> rounds, List<Seat> seats, Waited waited) {
        List<String> parts = new ArrayList<>();
        for (int round = 0; round < rounds.size(); round++) {
            parts.add(part(round, rounds.get(round), seats, waited.out(round)));
        }
        return String.join("; then ", parts) + ".";
    }

    private static String part(int number, Round round, List<Seat> seats, boolean waited) {
        String nobody = "nobody joined within %d s".formatted(round.patienceSeconds());
        String asked = seats.stream()
                .filter(seat -> seat.round() == number)
                .map(Seat::story)
                .collect(Collectors.joining("; "));
        if (asked.isEmpty()) {
            return "A person in the room was to answer, and " + nobody;
        }
        String told = seats.stream().anyMatch(seat -> seat.round() == number && seat.automatic())
                ? "The route names no agent; " + asked
                : asked;
        return waited ? told + "; " + nobody : told;
    }
}
