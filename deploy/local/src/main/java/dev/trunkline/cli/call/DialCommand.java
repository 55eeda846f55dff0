package dev.trunkline.cli.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.kafka.KafkaAccess;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import dev.trunkline.cli.router.RouterOptions;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./trunkline dial NUMBER}: places an outbound call. */
@CommandLine.Command(
        name = "dial",
        description = {
            "Has the suite on this machine place a call through an outbound trunk, and shows each event of the call as it happens, "
                    + "until the call is over.",
            "Whoever answers is put in a room with the named agents. Ctrl-C stops the display; the call continues."
        },
        footer = {"  ./trunkline dial +3225550199 --agent demo", "  ./trunkline dial +32470123456 --trunk carrier --caller-id +3225550100 --ringing 20"},
        exitCodeList = {
            "0:the call was answered, and is over", "1:the call was not answered, no suite is running, or something failed",
            "2:faulty command line", "3:the router refused the call"
        })
public final class DialCommand extends Command {
    private static final int REFUSED = 3;
    private static final Duration LONGEST = Duration.ofHours(24);

    @Parameters(paramLabel = "NUMBER", description = "Required. Whom to call: a number such as +3225550199, or sip:user@host.")
    private String number;

    @Option(names = "--trunk", paramLabel = "NAME", description = "The outbound trunk; by default, the router chooses.")
    private Optional<String> trunk = Optional.empty();

    @Option(names = "--organisation", paramLabel = "NAME",
            description = "The organisation that calls; by default demo, or with --router the one that owns the token.")
    private Optional<String> organisation = Optional.empty();

    @Option(names = "--caller-id", paramLabel = "NUMBER",
            description = "The organisation's number to show; by default its first, or the one that the trunk always shows.")
    private Optional<String> callerId = Optional.empty();

    @Option(names = "--room", paramLabel = "ROOM", description = "The room; by default, a new one for this call.")
    private Optional<String> room = Optional.empty();

    @Option(names = "--agent", paramLabel = "NAME", description = "An agent to dispatch to the room. May be given several times.")
    private List<String> agents = new ArrayList<>();

    @Option(names = "--ringing", paramLabel = "SECONDS", description = "How long the call may ring; the suite's default if not given.")
    private Optional<Integer> ringing = Optional.empty();

    @Option(names = "--json", description = "Prints each event as a line of JSON.")
    private boolean json;

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
            description = "A Kafka other than that of the suite on this machine; also set by TRUNKLINE_KAFKA. "
                    + "TRUNKLINE_KAFKA_TLS, _TRUST, _USER and _PASSWORD apply as for the services.")
    private Optional<String> kafka = Optional.empty();

    @Mixin
    private RouterOptions router;

    @Override
    public int run(Surroundings here) throws Exception {
        byte[] wish = wish().toString().getBytes(StandardCharsets.UTF_8);
        CallPrinter printer = CallPrinter.of(json, here.out());
        Instant dialled = here.clock().instant();
        var answered = new AtomicBoolean();
        try (RouterClient client = router.client(here);
                CallWatch watch = new CallWatch(KafkaAccess.of(kafka, here), event -> {
                    printer.event(event, dialled);
                    if (event.record() instanceof CallAnswered) {
                        answered.set(true);
                    }
                })) {
            RouterAnswer answer = client.post("calls", "application/json", wish);
            if (!answer.good()) {
                answer.printProblem("The call cannot be placed", here.err());
                return REFUSED;
            }
            watch.follow(callId(answer.json()));
            watch.awaitLastEvent(LONGEST);
            return answered.get() ? 0 : 1;
        }
    }

    /** @throws IOException if the router's answer has no call id */
    private static CallId callId(JsonNode answer) throws IOException {
        try {
            return CallId.of(answer.path("call_id").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("the router accepted the call but returned no call id: is it another version?", e);
        }
    }

    private ObjectNode wish() {
        if (ringing.filter(seconds -> seconds < 1).isPresent()) {
            throw new UsageException("--ringing must be 1 or more");
        }
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("to", number);
        trunk.ifPresent(name -> wish.put("trunk", name));
        organisation.or(router::ownOrganisation).ifPresent(name -> wish.put("organisation", name));
        callerId.ifPresent(shown -> wish.put("caller_id", shown));
        room.ifPresent(name -> wish.put("room", name));
        agents.forEach(name -> wish.withArrayProperty("agents").addObject().put("name", name));
        ringing.ifPresent(seconds -> wish.put("ringing_seconds", seconds));
        return wish;
    }
}
