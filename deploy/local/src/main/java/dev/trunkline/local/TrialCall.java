package dev.trunkline.local;

import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.io.IOException;
import java.time.Duration;

/**
 * A call to the demo agent before the suite says that it is ready: each service takes part once, so that the first caller
 * neither waits for its classes to be loaded nor meets the edge's deadline meanwhile.
 */
public final class TrialCall {
    /** Asks the edge to mark a call as one that nothing counts; it does so where the trunk has {@code trial_calls: true}. */
    public static final String HEADER = "X-Trunkline-Trial";

    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TrialCall() {}

    /** Places it, again if it is refused; that none got through is said and no reason not to start. */
    static void place(String address, int port, String number, String caller, Progress progress) throws IOException {
        try (Phone phone = Phone.open(PhoneSettings.calling(address, port).bindTo(address))) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Call call = phone.dial(CallRequest.to(number).from(caller).header(HEADER, "1"));
                CallResult result = call.awaitFinal(PATIENCE);
                if (result instanceof CallResult.Answered) {
                    call.hangUp().toCompletableFuture().join();
                    progress.say("a trial call was answered");
                    return;
                }
            }
        }
        progress.say("no trial call got through: see the services' logs");
    }
}
