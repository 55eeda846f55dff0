package dev.trunkline.system.alerts;

import dev.trunkline.hostile.RawSip;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What callers and their phones do, or have done to them. */
final class CallCauses {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A number of the demo whose agent does not exist, and whose callers wait three seconds. */
    private static final String NOBODY = "+3225550104";
    private static final int CALLERS = 10;
    private static final String SLOW = "+3225550689";
    private static final int SLOW_CALLS = 2;
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(8);
    private static final int TONE = 700;
    private static final int JITTERY = 2;
    /** Of the pairs of ports that {@link ProcessCauses#relayKilled} leaves, all but one. */
    private static final int FILLING = ProcessCauses.FEW_PAIRS - 1;
    private static final int FLOOD = 500;

    private CallCauses() {}

    static Cause agentsMissing() {
        return Cause.of("TrunklineAgentsMissing", "callers wait for an agent that nobody runs", suite -> {
            suite.awaitAnswered();
            Phone phone = suite.phone();
            for (int i = 0; i < CALLERS; i++) {
                phone.dial(CallRequest.to(NOBODY).from("+3247017000" + i));
            }
            return phone::close;
        });
    }

    static Cause setupSlow() {
        return Cause.of("TrunklineSetupSlow", "callers are forwarded to somebody who takes " + SLOW_ANSWER.toSeconds() + " s to answer", suite -> {
            CalledPhone slow = CalledPhone.openSecond(suite.guarded().router());
            slow.does(Answering.after(SLOW_ANSWER).saying(AudioSource.tone(TONE)));
            suite.guarded().router().json("POST", "/numbers",
                    "{\"phone_number\": \"%s\", \"organisation\": \"demo\", \"max_concurrent_calls\": 10}".formatted(SLOW));
            suite.apply("""
                    rules:
                      - {name: alerts-slow, trunks: [demo], numbers: ["%1$s"], type: forward,
                         forward_to: {to: "+3225550692", trunk: %2$s}}
                    """.formatted(SLOW, CalledPhone.SECOND_TRUNK));
            Phone phone = suite.phone();
            for (Call call : dialled(phone, SLOW, SLOW_CALLS)) {
                call.awaitAnswer(PATIENCE);
                call.hangUp().toCompletableFuture().join();
            }
            return () -> {
                try (phone; slow) {
                    suite.remove("/rules/alerts-slow");
                    suite.remove("/outbound-trunks/" + CalledPhone.SECOND_TRUNK);
                }
            };
        });
    }

    static Cause jitter() {
        return Cause.of("TrunklineJitter", "the network of phones delays each packet by another time", suite -> {
            suite.awaitAnswered();
            List<JitteryPhone> phones = new ArrayList<>();
            for (int i = 0; i < JITTERY; i++) {
                phones.add(JitteryPhone.calling(suite.edge(), WatchedSuite.ECHO, i));
            }
            return () -> {
                for (JitteryPhone phone : phones) {
                    phone.close();
                }
            };
        });
    }

    static Cause portsNearlyGone() {
        return Cause.of("TrunklinePortsNearlyGone", "calls take all but one pair of a relay's few ports", suite -> {
            suite.awaitAnswered();
            // Callers who rang while the relay was down are still with it for a moment.
            Await.until("every pair is free", PATIENCE,
                    () -> suite.guarded().metrics("media-relay").shown("trunkline_relay_ports_used") == 0);
            Phone phone = suite.phone();
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < FILLING; i++) {
                // One after another: the relay has just started.
                Call call = dialled(phone, WatchedSuite.ECHO, 1).getFirst();
                call.awaitAnswer(PATIENCE);
                calls.add(call);
            }
            return () -> {
                try (phone) {
                    calls.forEach(call -> call.hangUp().toCompletableFuture().join());
                }
            };
        });
    }

    private static List<Call> dialled(Phone phone, String number, int calls) {
        List<Call> dialled = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            dialled.add(phone.dial(CallRequest.to(number).from("+3247017001" + i).saying(AudioSource.tone(TONE))));
        }
        return dialled;
    }

    static Cause overload() {
        return Cause.of("TrunklineOverload", "one address floods the edge with OPTIONS", suite -> {
            RawSip flooder = RawSip.open(WatchedSuite.ADDRESS, suite.edge());
            Repeated flood = Repeated.every(Duration.ofMillis(1), () -> {
                for (int i = 0; i < FLOOD; i++) {
                    flooder.send(flooder.options());
                }
            });
            return () -> {
                flood.close();
                flooder.close();
            };
        });
    }
}
