package dev.trunkline.console.ladder;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trunkline.events.CallMessage;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The messages of one call as rungs, in words. Pure. */
final class Ladder {
    private static final String RULE = "-".repeat(72);

    private Ladder() {}

    /**
     * One message.
     *
     * @param what method, or status and reason phrase
     * @param about for a response the method it answers, from CSeq; otherwise empty
     * @param cut whether the text was truncated
     */
    record Rung(
            Instant at, String from, String to, boolean sent, String transport, String edge, String what,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String about, String text, boolean cut) {}

    static List<Rung> of(List<CallMessage> messages) {
        return messages.stream().map(message -> {
            String first = message.text().lines().findFirst().orElse("");
            boolean response = first.startsWith("SIP/");
            return new Rung(
                    message.at(), message.sent() ? message.local() : message.remote(), message.sent() ? message.remote() : message.local(),
                    message.sent(), message.transport(), message.edge(),
                    response ? first.substring(Math.min(first.length(), first.indexOf(' ') + 1)) : first.split(" ", 2)[0],
                    response ? cseq(message.text()) : "", message.text(), message.cut());
        }).toList();
    }

    private static String cseq(String text) {
        return text.lines()
                .filter(line -> line.regionMatches(true, 0, "CSeq:", 0, 5))
                .findFirst()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .orElse("");
    }

    /** Returns the messages as a text file for people. */
    static String text(List<CallMessage> messages) {
        return of(messages).stream()
                .map(rung -> "%s%n%s  %s -> %s  %s%n%n%s%n".formatted(RULE, rung.at(), rung.from(), rung.to(), rung.transport(), rung.text().replace("\r", "")))
                .collect(Collectors.joining());
    }
}
