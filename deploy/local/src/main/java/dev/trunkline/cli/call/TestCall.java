package dev.trunkline.cli.call;

import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.local.RunningSuite;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.MediaReport;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** A call from a small phone to the suite that runs here, with each of its events as it happens. */
final class TestCall {
    private final CallOptions options;
    private final RunningSuite suite;
    private final PrintStream out;
    private volatile Instant dialled = Instant.now();

    TestCall(CallOptions options, RunningSuite suite, PrintStream out) {
        this.options = options;
        this.suite = suite;
        this.out = out;
    }

    /** @return exit code: 0 if the phone heard its echo */
    int run() throws Exception {
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
                    out.printf("%nrefused after %.1f ms: %d %s%s%n",
                            refused.afterNanos() / 1e6, refused.status(), refused.reason(),
                            refused.reasonHeader().map(reason -> ", Reason: " + reason).orElse(""));
                    yield 1;
                }
                case CallResult.TimedOut timedOut -> {
                    out.println("\nno answer in " + timedOut.waited().toSeconds() + " s");
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
        out.printf("%nsetup        %.1f ms from INVITE to 200%n", answered.setupNanos() / 1e6);
        if (media.medianEchoMillis().isPresent()) {
            out.printf("echo delay   %.0f ms (median of %d), phone to agent and back%n",
                    media.medianEchoMillis().getAsDouble(), media.echoDelaysMillis().size());
        } else {
            out.println("echo delay   no echo heard");
        }
        out.printf("packets      %d sent, %d received, %d lost, jitter %.1f ms%n",
                media.packetsSent(), media.packetsReceived(), media.packetsLost(), media.jitterMillis());
        return media.medianEchoMillis().isPresent() ? 0 : 1;
    }

    private void print(Envelope envelope) {
        double millis = Duration.between(dialled, envelope.time()).toNanos() / 1e6;
        String type = EventTypes.nameOf(envelope.record().getClass());
        out.printf("%9.1f ms  %-24s %s%n",
                millis, type.substring("dev.trunkline.".length(), type.length() - ".v1".length()),
                EventWords.of(envelope.record()));
    }
}
