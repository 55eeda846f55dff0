package dev.trunkline.cli.gateways;

import dev.trunkline.bus.TopicTail;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.JsonLines;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.calls.Table;
import dev.trunkline.cli.kafka.KafkaAccess;
import dev.trunkline.cli.kafka.Topic;
import dev.trunkline.events.GatewayState;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.RegistrationState;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code ./trunkline gateways}: lists which gateways of outbound trunks answer, and which trunks are registered. */
@CommandLine.Command(
        name = "gateways",
        description = "Lists the outbound trunks as each edge sees them: whether each gateway answers OPTIONS, with which status and how "
                + "fast, and whether the trunk is registered, until when, or why it is not.",
        footer = {"  ./trunkline gateways --trunk carrier", "  ./trunkline gateways --json | jq -r 'select(.registration.registered == false) | .trunk.name'"},
        exitCodeList = {
            "0:done, even if there is no such trunk", "1:Kafka does not answer, or no suite is running here", "2:faulty command line"
        })
public final class GatewaysCommand extends Command {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String NONE = "-";
    /** Edges publish their states again every half minute. */
    private static final Duration FRESH = Duration.ofSeconds(90);

    @Option(names = "--trunk", paramLabel = "NAME", description = "Only this trunk.")
    private String trunk;

    @Option(names = "--json", description = "Prints a line of JSON per trunk and edge, with the fields of the contract's OutboundTrunkState.")
    private boolean json;

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
            description = "A Kafka other than that of the suite on this machine; also set by TRUNKLINE_KAFKA. "
                    + "TRUNKLINE_KAFKA_TLS, _TRUST, _USER and _PASSWORD apply as for the services.")
    private String kafka;

    @Override
    public int run(Surroundings here) throws Exception {
        var topic = new Topic(KafkaAccess.of(Optional.ofNullable(kafka), here));
        Map<String, OutboundTrunkState> last = new ConcurrentHashMap<>();
        topic.read(List.of(Topics.OUTBOUND_STATES), new TopicTail.From.Beginning(), message -> {
            Optional<OutboundTrunkState> state = read(message);
            if (state.isPresent()) {
                last.put(message.key(), state.get());
            } else if (message.key() != null) {
                last.remove(message.key());
            }
        });
        List<OutboundTrunkState> states = last.values().stream()
                .filter(state -> trunk == null || state.trunk().name().equals(trunk))
                .sorted(Comparator.comparing((OutboundTrunkState state) -> state.trunk().name()).thenComparing(OutboundTrunkState::edge))
                .toList();
        if (json) {
            states.forEach(state -> here.out().println(JsonLines.of(state)));
        } else if (states.isEmpty()) {
            here.err().println("No edge knows such a trunk; outbound_trunks in a directory file creates one.");
        } else {
            print(states, here);
        }
        return 0;
    }

    private static void print(List<OutboundTrunkState> states, Surroundings here) {
        Instant now = here.clock().instant();
        ZoneId zone = here.clock().getZone();
        var table = new Table("trunk", "edge", "gateway", "is", "since", "answer", "ping", "registration");
        for (OutboundTrunkState state : states) {
            boolean gone = state.saidAt().plus(FRESH).isBefore(now);
            for (GatewayState gateway : state.gateways()) {
                table.row(state.trunk().name(), state.edge() + (gone ? " (gone)" : ""), gateway.gateway(), gateway.up() ? "up" : "DOWN",
                        TIME.format(gateway.since().atZone(zone)),
                        gateway.status().isPresent() ? Integer.toString(gateway.status().getAsInt()) : NONE,
                        gateway.pingMillis().isPresent() ? gateway.pingMillis().getAsInt() + " ms" : NONE,
                        state.registration().map(registration -> words(registration, zone)).orElse(NONE));
            }
        }
        table.print(here.out());
    }

    private static String words(RegistrationState registration, ZoneId zone) {
        String stands = registration.registered()
                ? registration.until().map(until -> "until " + TIME.format(until.atZone(zone))).orElse("registered")
                : "NOT registered";
        return stands + registration.why().map(why -> ": " + why).orElse("");
    }

    /** Reads a trunk's state. Empty for a tombstone or for any other record. */
    private static Optional<OutboundTrunkState> read(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null || message.key() == null || message.value().length > CallEventCodec.LONGEST_VALUE) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(EventJson.MAPPER.readValue(message.value(), OutboundTrunkState.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
