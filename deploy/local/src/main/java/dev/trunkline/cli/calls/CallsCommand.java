package dev.trunkline.cli.calls;

import dev.trunkline.bus.TopicTail;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.JsonLines;
import dev.trunkline.cli.Since;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.kafka.KafkaAccess;
import dev.trunkline.cli.kafka.Topic;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code ./trunkline calls}: lists finished calls, from their last events, or the calls that hold a slot now. */
@CommandLine.Command(
        name = "calls",
        description = {
            "Lists finished calls, the latest at the end: when the INVITE arrived, whether the call was inbound or outbound, the "
                    + "organisation's number, the organisation, a pseudonym of the caller or of the called party, how the call ended or why "
                    + "it was refused, the time until the answer, the talk time, who answered, and the call id for `trace`.",
            "With --live: lists the calls that hold a slot of the limiter at this moment."
        },
        footer = {"  ./trunkline calls --since 2h --organisation acme", "  ./trunkline calls --live",
            "  ./trunkline calls --since 7d --limit 0 --json | jq -r .outcome | sort | uniq -c"},
        exitCodeList = {
            "0:done, even if there is no such call", "1:Kafka does not answer, or no suite is running here", "2:faulty command line"
        })
public final class CallsCommand extends Command {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Set<String> LAST = Set.of(EventTypes.nameOf(CallEnded.class), EventTypes.nameOf(CallRejected.class));
    private static final String NONE = "-";
    private static final int PSEUDONYM = 8;

    @Option(names = "--live", description = "Lists calls that are ongoing or being set up now, instead of finished ones.")
    private boolean live;

    @Option(names = "--since", paramLabel = "TIME", defaultValue = "24h", converter = Since.Converter.class,
            description = "Only calls that ended since then: 30m, 2h, 24h (the default), 7d, or 2026-11-29.")
    private Since since;

    @Option(names = "--organisation", paramLabel = "NAME", description = "Only calls of this organisation.")
    private String organisation;

    @Option(names = "--number", paramLabel = "NUMBER", description = "Only calls to this number.")
    private String number;

    @Option(names = "--trial", description = "Includes trial calls, which ./trunkline call and the start of a suite place.")
    private boolean trial;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50",
            description = "Only the latest N, ${DEFAULT-VALUE} by default; 0 for all.")
    private int limit;

    @Option(names = "--json", description = "Prints a line of JSON per call, with the fields of the contract's CallSummary or LiveCall.")
    private boolean json;

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
            description = "A Kafka other than that of the suite on this machine; also set by TRUNKLINE_KAFKA. "
                    + "TRUNKLINE_KAFKA_TLS, _TRUST, _USER and _PASSWORD apply as for the services.")
    private String kafka;

    @Override
    public int run(Surroundings here) throws Exception {
        if (limit < 0) {
            throw new UsageException("--limit must be 0 or more");
        }
        Topic topic = new Topic(KafkaAccess.of(Optional.ofNullable(kafka), here));
        if (live) {
            live(topic, here);
        } else {
            past(topic, here);
        }
        return 0;
    }

    private void past(Topic topic, Surroundings here) throws IOException, InterruptedException {
        Instant from = since.from(here.clock());
        // A call may have two last events if two processes published one each; consumers take the first.
        Map<String, PastCall> first = new ConcurrentHashMap<>();
        topic.read(List.of(Topics.EVENTS), from, message -> {
            if (CallEventCodec.typeOf(message).filter(LAST::contains).isPresent()) {
                read(message).ifPresent(call -> first.putIfAbsent(call.callId(), call));
            }
        });
        List<PastCall> asked = first.values().stream()
                .filter(call -> organisation == null || call.organisation().filter(organisation::equals).isPresent())
                .filter(call -> number == null || call.isTo(number))
                .sorted(Comparator.comparing(PastCall::at).thenComparing(PastCall::callId))
                .toList();
        List<PastCall> calls = latest(asked.stream().filter(call -> trial || !call.trial()).toList(), here);
        if (json) {
            calls.forEach(call -> here.out().println(call.json()));
            return;
        }
        print(calls, here);
        long leftOut = trial ? 0 : asked.stream().filter(PastCall::trial).count();
        if (calls.isEmpty()) {
            here.err().printf("No such call has ended since %s.%n", TIME.format(from.atZone(here.clock().getZone())));
        }
        if (leftOut > 0) {
            here.err().printf("%d trial %s left out; --trial shows them.%n", leftOut, leftOut == 1 ? "call is" : "calls are");
        }
    }

    private static Optional<PastCall> read(ConsumerRecord<String, byte[]> message) {
        try {
            return CallEventCodec.decode(message).flatMap(PastCall::of);
        } catch (UnreadableEventException e) {
            // A damaged record is not a call that could be listed.
            return Optional.empty();
        }
    }

    private void print(List<PastCall> calls, Surroundings here) {
        if (calls.isEmpty()) {
            return;
        }
        ZoneId zone = here.clock().getZone();
        var table = new Table("when", "way", "number", "organisation", "caller", "outcome", "setup", "talk", "agent", "call");
        for (PastCall call : calls) {
            Optional<CallSummary> summary = call.summary();
            table.row(
                    TIME.format(call.at().atZone(zone)), call.summary().map(CallSummary::direction).map(CallsCommand::way).orElse(NONE), call.called().orElse(NONE), call.organisation().orElse(NONE),
                    summary.map(all -> shortened(all.caller())).orElse(NONE),
                    call.outcome() + (call.trial() ? " (trial)" : ""),
                    summary.map(CallSummary::setupMillis).filter(setup -> setup.isPresent())
                            .map(setup -> setup.getAsLong() + " ms").orElse(NONE),
                    call.talkMillis().isPresent() ? seconds(call.talkMillis().getAsLong()) : NONE,
                    summary.flatMap(CallSummary::agent).orElse(NONE), call.callId());
        }
        table.print(here.out());
    }

    private void live(Topic topic, Surroundings here) throws IOException, InterruptedException {
        Map<String, LiveCall> held = new ConcurrentHashMap<>();
        topic.read(List.of(Topics.LIVE_CALLS), new TopicTail.From.Beginning(), message -> {
            Optional<LiveCall> call = liveCall(message);
            if (call.isPresent()) {
                held.put(message.key(), call.get());
            } else if (message.key() != null) {
                held.remove(message.key());
            }
        });
        List<LiveCall> calls = latest(held.values().stream()
                .filter(call -> organisation == null || call.organisation().name().equals(organisation))
                .filter(call -> number == null || call.number().replace("+", "").equals(number.replace("+", "")))
                .filter(call -> trial || call.purpose().isEmpty())
                .sorted(Comparator.comparing(LiveCall::admittedAt).thenComparing(call -> call.callId().toString()))
                .toList(), here);
        if (json) {
            calls.forEach(call -> here.out().println(JsonLines.of(call)));
        } else if (calls.isEmpty()) {
            here.err().println("No such call is ongoing.");
        } else {
            Instant now = here.clock().instant();
            var table = new Table("admitted", "for", "way", "number", "organisation", "trunk", "pool", "call");
            calls.forEach(call -> table.row(
                    TIME.format(call.admittedAt().atZone(here.clock().getZone())),
                    Math.max(0, Duration.between(call.admittedAt(), now).toSeconds()) + " s", way(call.direction().orElse(CallDirection.INBOUND)), call.number(),
                    call.organisation().name(), call.trunk().name(), call.agentPool().orElse(NONE), call.callId().toString()));
            table.print(here.out());
        }
        if (!json && !calls.isEmpty()) {
            Map<String, Long> byNumber = calls.stream().collect(Collectors.groupingBy(LiveCall::number, Collectors.counting()));
            here.out().printf("%n%d up: %s%n", calls.size(), byNumber.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                    .map(count -> count.getValue() + " to " + count.getKey())
                    .collect(Collectors.joining(", ")));
        }
    }

    /** Reads a live call. Empty for a tombstone or for any other record. */
    private static Optional<LiveCall> liveCall(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null || message.key() == null || message.value().length > CallEventCodec.LONGEST_VALUE) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(EventJson.MAPPER.readValue(message.value(), LiveCall.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private <T> List<T> latest(List<T> calls, Surroundings here) {
        if (limit == 0 || calls.size() <= limit) {
            return calls;
        }
        here.err().printf("The latest %d of %d; --limit 0 shows all.%n", limit, calls.size());
        return calls.subList(calls.size() - limit, calls.size());
    }

    private static String way(CallDirection direction) {
        return switch (direction) {
            case INBOUND -> "in";
            case OUTBOUND -> "out";
        };
    }

    private static String shortened(String pseudonym) {
        return pseudonym.length() > PSEUDONYM ? pseudonym.substring(0, PSEUDONYM) + "…" : pseudonym;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
