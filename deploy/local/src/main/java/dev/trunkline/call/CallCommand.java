package dev.trunkline.call;

import dev.trunkline.events.Envelope;
import dev.trunkline.local.RunningSuite;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.MediaReport;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code ./trunkline call NUMBER}: calls the suite that runs here from a small phone, and shows each event as it
 * happens. Exit code 0 if the call was answered and the phone heard its echo, 1 if not, 2 for a faulty command line.
 */
public final class CallCommand {
    private static final String USAGE =
            """
            ./trunkline call NUMBER [--from NUMBER] [--seconds N]
              NUMBER      what to dial, for example +3225550100
              --from      the caller, +32470000001 if not given
              --seconds   how long to talk, 8 if not given""";

    private final CallOptions options;
    private final RunningSuite suite;
    private volatile Instant dialled = Instant.now();

    private CallCommand(CallOptions options, RunningSuite suite) {
        this.options = options;
        this.suite = suite;
    }

    public static void main(String[] args) {
        int code;
        try {
            Path root = Path.of(System.getProperty("trunkline.root", "")).toAbsolutePath();
            Path state = Optional.ofNullable(System.getenv("TRUNKLINE_STATE")).map(Path::of).orElse(root.resolve(".trunkline"));
            code = new CallCommand(CallOptions.parse(args), RunningSuite.load(state)).run();
        } catch (IllegalArgumentException e) {
            System.err.println("trunkline: " + e.getMessage() + "\n" + USAGE);
            code = 2;
        } catch (Exception e) {
            System.err.println("trunkline: " + e.getMessage());
            code = 1;
        }
        System.exit(code);
    }

    private int run() throws Exception {
        PhoneSettings settings =
                PhoneSettings.calling(suite.sipAddress(), suite.sipPort()).bindTo(suite.sipAddress());
        try (CallWatch watch = new CallWatch(suite.kafka(), this::print);
                Phone phone = Phone.open(settings)) {
            dialled = Instant.now();
            Call call = phone.dial(CallRequest.to(options.number()).from(options.from()).saying(AudioSource.echoProbe()));
            watch.follow(call.callId());
            return switch (call.awaitFinal(Duration.ofMinutes(3))) {
                case CallResult.Answered answered -> talk(call, answered, watch);
                case CallResult.Refused refused -> {
                    watch.awaitLastEvent(Duration.ofSeconds(3));
                    System.out.printf("%nrefused after %.1f ms: %d %s%s%n",
                            refused.afterNanos() / 1e6, refused.status(), refused.reason(),
                            refused.reasonHeader().map(reason -> ", Reason: " + reason).orElse(""));
                    yield 1;
                }
                case CallResult.TimedOut timedOut -> {
                    System.out.println("\nno answer in " + timedOut.waited().toSeconds() + " s");
                    yield 1;
                }
                case CallResult.Cancelled ignored -> 1;
                case CallResult.Vanished ignored -> 1;
            };
        }
    }

    private int talk(Call call, CallResult.Answered answered, CallWatch watch) throws Exception {
        call.awaitEnd(Duration.ofSeconds(options.seconds()));
        MediaReport media = call.media();
        if (call.isUp()) {
            call.hangUp().toCompletableFuture().join();
        }
        watch.awaitLastEvent(Duration.ofSeconds(3));
        System.out.printf("%nsetup        %.1f ms from INVITE to 200%n", answered.setupNanos() / 1e6);
        if (media.medianEchoMillis().isPresent()) {
            System.out.printf("echo delay   %.0f ms (median of %d), phone to agent and back%n",
                    media.medianEchoMillis().getAsDouble(), media.echoDelaysMillis().size());
        } else {
            System.out.println("echo delay   no echo heard");
        }
        System.out.printf("packets      %d sent, %d received, %d lost, jitter %.1f ms%n",
                media.packetsSent(), media.packetsReceived(), media.packetsLost(), media.jitterMillis());
        return media.medianEchoMillis().isPresent() ? 0 : 1;
    }

    private void print(Envelope envelope) {
        double millis = Duration.between(dialled, envelope.time()).toNanos() / 1e6;
        String type = dev.trunkline.events.codec.EventTypes.nameOf(envelope.record().getClass());
        System.out.printf("%9.1f ms  %-24s %s%n",
                millis, type.substring("dev.trunkline.".length(), type.length() - ".v1".length()),
                EventWords.of(envelope.record()));
    }
}
