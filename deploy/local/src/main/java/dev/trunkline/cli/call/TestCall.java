package dev.trunkline.cli.call;

import dev.trunkline.local.RunningSuite;
import dev.trunkline.local.TrialCall;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.MediaReport;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.time.Duration;
import java.time.Instant;

/** A call from a small phone to the suite on this machine, which shows each event of the call as it happens. */
final class TestCall {
    private static final int ANSWERED = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 3;

    private final CallOptions options;
    private final RunningSuite suite;
    private final CallPrinter printer;
    private volatile Instant dialled = Instant.now();

    TestCall(CallOptions options, RunningSuite suite, CallPrinter printer) {
        this.options = options;
        this.suite = suite;
        this.printer = printer;
    }

    /** @return exit code, see {@link TestCallCommand} */
    int run() throws Exception {
        PhoneSettings settings =
                PhoneSettings.calling(suite.sipAddress(), suite.sipPort()).bindTo(suite.sipAddress());
        CallRequest request = CallRequest.to(options.number()).from(options.from()).saying(AudioSource.echoProbe());
        try (CallWatch watch = new CallWatch(suite.kafkaAddress(), event -> printer.event(event, dialled));
                Phone phone = Phone.open(settings)) {
            dialled = Instant.now();
            Call call = phone.dial(options.trial() ? request.header(TrialCall.HEADER, "1") : request);
            watch.follow(call.callId());
            return switch (call.awaitFinal(Duration.ofMinutes(3))) {
                case CallResult.Answered answered -> talk(call, answered, watch);
                case CallResult.Refused refused -> {
                    watch.awaitLastEvent(Duration.ofSeconds(3));
                    printer.refused(refused);
                    yield REFUSED;
                }
                case CallResult.TimedOut timedOut -> {
                    printer.unanswered(timedOut.waited());
                    yield FAILED;
                }
                case CallResult.Cancelled ignored -> FAILED;
                case CallResult.Vanished ignored -> FAILED;
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
        printer.answered(answered, media);
        return options.expectEcho() && media.medianEchoMillis().isEmpty() ? FAILED : ANSWERED;
    }
}
