package dev.trunkline.cli.trace;

import dev.trunkline.cli.Command;
import dev.trunkline.cli.JsonLines;
import dev.trunkline.cli.Since;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.kafka.KafkaAccess;
import dev.trunkline.cli.kafka.Topic;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./trunkline trace CALL-ID}: prints everything that happened to a call, across the services, with times. */
@CommandLine.Command(
        name = "trace",
        description = "Prints everything that happened to a call, across the services: the time, ms since the INVITE, ms since the "
                + "previous line, what happened, and each step of the router's decision. Below, the same for each outbound call that was "
                + "placed for its caller (a leg).",
        footer = {"  ./trunkline trace 019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e", "  ./trunkline trace 7f3a@pbx --since 7d"},
        exitCodeList = {"0:the call was found", "1:there is no such call, or Kafka does not answer", "2:faulty command line"})
public final class TraceCommand extends Command {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @Parameters(paramLabel = "CALL-ID",
            description = "Required. Our call id (call=... in a log line; `calls` prints it), or the SIP Call-ID from the PBX's log.")
    private String callId;

    @Option(names = "--since", paramLabel = "TIME", defaultValue = "24h", converter = Since.Converter.class,
            description = "How far back to look for a SIP Call-ID: 30m, 24h (the default), 7d, or 2026-11-29.")
    private Since since;

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
            description = "A Kafka other than that of the suite on this machine; also set by TRUNKLINE_KAFKA. "
                    + "TRUNKLINE_KAFKA_TLS, _TRUST, _USER and _PASSWORD apply as for the services.")
    private String kafka;

    @Option(names = "--json", description = "Prints each event as a line of JSON.")
    private boolean json;

    @Override
    public int run(Surroundings here) throws Exception {
        String asked = callId.strip();
        Instant now = here.clock().instant();
        Instant since = this.since.from(here.clock());
        CallSearch search = new CallSearch(new Topic(KafkaAccess.of(Optional.ofNullable(kafka), here)));

        Optional<CallId> ours = callId(asked);
        if (ours.isPresent()) {
            Instant begun = CallSearch.timeIn(ours.get().value()).filter(now::isAfter).orElse(since);
            List<List<Envelope>> events = search.ofCall(ours.get(), begun);
            if (!events.isEmpty()) {
                print(events, here);
                return 0;
            }
        }
        // Many phones create Call-IDs that look like our call ids.
        return bySipCallId(search, asked, since, here);
    }

    private int bySipCallId(CallSearch search, String asked, Instant since, Surroundings here)
            throws IOException, InterruptedException {
        ZoneId zone = here.clock().getZone();
        CallSearch.Candidates candidates = search.bySipCallId(asked, since);
        if (candidates.found().isEmpty()) {
            here.err().printf(
                    "No call has the id or the SIP Call-ID %s. Looked at %d INVITEs, back to %s (%s); --since looks further back.%n",
                    asked, candidates.seen(), TIME.format(since.atZone(zone)), zone);
            return 1;
        }
        CallSearch.Candidate first = candidates.found().getFirst();
        if (first.match() == CallIdMatch.MASKED && !json) {
            here.out().printf("Found by its masked form, %s: events hide the digits of the caller's number.%n",
                    first.invite().sipCallId());
        }
        print(search.ofCall(first.invite().callId(), first.invite().receivedAt()), here);
        List<CallSearch.Candidate> others = candidates.found().stream()
                .skip(1)
                .filter(other -> other.match() == first.match())
                .filter(other -> !other.invite().callId().equals(first.invite().callId()))
                .toList();
        if (!others.isEmpty() && !json) {
            here.out().printf("%nThis SIP Call-ID matches %d calls; this is the latest. The others, by our ids:%n", others.size() + 1);
            others.forEach(other -> here.out().printf("  %s  %s%n",
                    other.invite().callId(), TIME.format(other.invite().receivedAt().atZone(zone).truncatedTo(ChronoUnit.SECONDS))));
        }
        return 0;
    }

    private static Optional<CallId> callId(String text) {
        try {
            return text.length() == 36 ? Optional.of(new CallId(UUID.fromString(text))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @param told events of the call, and of each of its legs */
    private void print(List<List<Envelope>> told, Surroundings here) {
        if (json) {
            told.forEach(events -> events.forEach(event -> here.out().println(JsonLines.of(event))));
        } else {
            var timeline = new Timeline(here.out(), here.clock().getZone());
            timeline.print(told.getFirst());
            told.stream().skip(1).forEach(leg -> {
                here.out().println();
                timeline.print(leg);
            });
        }
    }
}
