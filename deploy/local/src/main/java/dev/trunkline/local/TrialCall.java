package dev.trunkline.local;

import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.io.IOException;
import java.time.Duration;

/**
 * A call to the demo agent before the suite reports that it is ready. Each service takes part once, so the first caller
 * neither waits for classes to be loaded nor exceeds the edge's deadline meanwhile.
 */
public final class TrialCall {
    /** Asks the edge to mark a call so that nothing counts it. The edge does so if the trunk has {@code trial_calls: true}. */
    public static final String HEADER = "X-Trunkline-Trial";

    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TrialCall() {}

    /** Places the call, and retries if it is refused. If no attempt succeeds, it reports that, and the suite starts nevertheless. */
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
