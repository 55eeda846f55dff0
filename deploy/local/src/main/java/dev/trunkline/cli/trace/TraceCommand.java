package dev.trunkline.cli.trace;

import dev.trunkline.cli.Arguments;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code ./trunkline trace CALL-ID}: everything that happened to a call, across the services, with times. */
public final class TraceCommand implements Command {
    private static final Duration DEFAULT_SINCE = Duration.ofHours(24);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public String help() {
        return """
            ./trunkline trace CALL-ID [--since PERIOD] [--kafka HOST:PORT]
              Prints everything that happened to a call, across the services: the time, ms since the INVITE, ms since the
              step before, what happened, and each step of the router's decision.
              CALL-ID          our call id (a log line has it as call=...), or the SIP Call-ID of the PBX's log
              --since PERIOD   how far back to look for a SIP Call-ID: 30m, 24h (if not given), 7d
              --kafka          another Kafka than that of the suite that runs here
              Exit code 1 if there is no such call.""";
    }

    @Override
    public int run(List<String> words, Surroundings here) throws Exception {
        Arguments arguments = Arguments.parse(words, Set.of(), Set.of("--since", "--kafka"));
        String asked = arguments.only("a call id").strip();
        Instant now = here.clock().instant();
        Instant since = now.minus(arguments.one("--since").map(TraceCommand::period).orElse(DEFAULT_SINCE));
        Optional<String> kafka = arguments.one("--kafka");
        String address = kafka.isPresent() ? kafka.get() : RunningSuite.load(here.state()).kafka();
        CallSearch search = new CallSearch(new Topic(address));

        Optional<CallId> ours = callId(asked);
        if (ours.isPresent()) {
            Instant begun = CallSearch.timeIn(ours.get().value()).filter(now::isAfter).orElse(since);
            List<Envelope> events = search.ofCall(ours.get(), begun);
            if (!events.isEmpty()) {
                new Timeline(here.out(), here.clock().getZone()).print(events);
                return 0;
            }
        }
        // Many phones make Call-IDs that look like ours.
        return bySipCallId(search, asked, since, here);
    }

    private static int bySipCallId(CallSearch search, String asked, Instant since, Surroundings here)
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
        if (first.match() == CallIdMatch.MASKED) {
            here.out().printf("Found by its masked form, %s: events hide the digits of the caller's number.%n",
                    first.invite().sipCallId());
        }
        new Timeline(here.out(), zone).print(search.ofCall(first.invite().callId(), first.invite().receivedAt()));
        List<CallSearch.Candidate> others = candidates.found().stream()
                .skip(1)
                .filter(other -> other.match() == first.match())
                .filter(other -> !other.invite().callId().equals(first.invite().callId()))
                .toList();
        if (!others.isEmpty()) {
            here.out().printf("%nThis SIP Call-ID fits %d calls; this was the latest. The others, by our ids:%n", others.size() + 1);
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

    private static Duration period(String text) {
        if (!text.matches("[1-9]\\d{0,4}[smhd]")) {
            throw new UsageException("--since wants a number and s, m, h or d, for example 24h");
        }
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
