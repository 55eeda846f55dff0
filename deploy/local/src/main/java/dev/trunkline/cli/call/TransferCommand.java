package dev.trunkline.cli.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.kafka.KafkaAccess;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import dev.trunkline.cli.router.RouterOptions;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./trunkline transfer CALL-ID TO}: transfers a caller. */
@CommandLine.Command(
        name = "transfer",
        description = {
            "Transfers the caller of an ongoing call to somebody else, and shows the events of the transfer and of the call that is "
                    + "placed for it, until the transfer has succeeded or failed.",
            "If it fails, the caller stays with whoever was there."
        },
        footer = {"  ./trunkline transfer 019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e +3225550199",
            "  ./trunkline transfer 019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e +3225550199 --way bridge --stay"},
        exitCodeList = {
            "0:the caller is connected to the target", "1:the transfer failed, no suite is running, or something else failed",
            "2:faulty command line", "3:the router refused the transfer"
        })
public final class TransferCommand extends Command {
    private static final int REFUSED = 3;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Parameters(index = "0", paramLabel = "CALL-ID", description = "Required. Our call id, as `calls --live` prints it.")
    private String call;

    @Parameters(index = "1", paramLabel = "TO", description = "Required. A number such as +3225550199, or sip:user@host.")
    private String to;

    @Option(names = "--trunk", paramLabel = "NAME", description = "The outbound trunk; by default, the router chooses.")
    private Optional<String> trunk = Optional.empty();

    @Option(names = "--way", paramLabel = "WAY",
            description = "refer, bridge, warm, refer-first or bridge-first; by default, what the rule or the trunk says.")
    private Optional<String> way = Optional.empty();

    @Option(names = "--stay", description = "The agents stay with the caller and the target.")
    private boolean stay;

    @Option(names = "--ringing", paramLabel = "SECONDS", description = "How long the target may ring; the suite's default if not given.")
    private Optional<Integer> ringing = Optional.empty();

    @Option(names = "--json", description = "Prints each event as a line of JSON.")
    private boolean json;

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
            description = "A Kafka other than that of the suite on this machine; also set by TRUNKLINE_KAFKA. "
                    + "TRUNKLINE_KAFKA_TLS, _TRUST, _USER and _PASSWORD apply as for the services.")
    private Optional<String> kafka = Optional.empty();

    @Mixin
    private RouterOptions router;

    /** Shows the events of a transfer, and knows how it ended. */
    private record Story(CallId call, CallPrinter printer, Instant asked, CompletableFuture<Boolean> done, AtomicReference<Optional<CallId>> leg) {
        void show(Envelope envelope, CallWatch watch) {
            CallRecord record = envelope.record();
            boolean ofTheTransfer = switch (record) {
                case TransferCall _, TransferRequested _, TransferStarted _, TransferConsulting _, TransferSucceeded _, TransferFailed _ -> true;
                case CallEvent event -> event.isLast() || leg.get().filter(event.callId()::equals).isPresent();
                default -> false;
            };
            if (ofTheTransfer) {
                printer.event(envelope, asked);
            }
            switch (record) {
                case TransferStarted started -> started.leg().ifPresent(made -> {
                    leg.set(Optional.of(made));
                    watch.also(made);
                });
                case TransferSucceeded _ -> done.complete(true);
                case TransferFailed _ -> done.complete(false);
                case CallEvent event when event.isLast() && event.callId().equals(call) -> done.complete(false);
                default -> { }
            }
        }
    }

    @Override
    public int run(Surroundings here) throws Exception {
        CallId callId = callId();
        byte[] wish = wish().toString().getBytes(StandardCharsets.UTF_8);
        var story = new Story(
                callId, CallPrinter.of(json, here.out()), here.clock().instant(), new CompletableFuture<>(),
                new AtomicReference<>(Optional.empty()));
        var watched = new CompletableFuture<CallWatch>();
        try (RouterClient client = router.client(here);
                CallWatch watch = new CallWatch(
                        KafkaAccess.of(kafka, here), event -> story.show(event, watched.join()))) {
            watched.complete(watch);
            watch.follow(callId);
            RouterAnswer answer = client.post("calls/" + callId + "/transfer", "application/json", wish);
            if (!answer.good()) {
                answer.printProblem("The caller cannot be transferred", here.err());
                return REFUSED;
            }
            return story.done().get(LONGEST.toSeconds(), TimeUnit.SECONDS) ? 0 : 1;
        } catch (TimeoutException e) {
            here.err().println("the transfer has had no outcome for " + LONGEST.toMinutes() + " minutes");
            return 1;
        }
    }

    private CallId callId() {
        try {
            return CallId.of(call.strip());
        } catch (IllegalArgumentException e) {
            throw new UsageException("\"" + call + "\" is not a call id; `calls --live` prints those of ongoing calls");
        }
    }

    private ObjectNode wish() {
        if (ringing.filter(seconds -> seconds < 1).isPresent()) {
            throw new UsageException("--ringing must be 1 or more");
        }
        if (way.filter(how -> Stream.of(TransferWay.values()).map(TransferWay::code).noneMatch(how::equals)).isPresent()) {
            throw new UsageException("--way must be refer, bridge, warm, refer-first or bridge-first");
        }
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("to", to);
        trunk.ifPresent(name -> wish.put("trunk", name));
        way.ifPresent(how -> wish.put("way", how));
        if (stay) {
            wish.put("agents_stay", true);
        }
        ringing.ifPresent(seconds -> wish.put("ringing_seconds", seconds));
        return wish;
    }
}
