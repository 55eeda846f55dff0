package dev.trunkline.relay.service;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** What every test of the whole relay needs: the bus, rooms, and the end of each call, phone and agent that it began. */
@Tag("quarkus")
abstract class WholeRelay {
    static Bus bus;
    static LiveKitRtc rtc;

    /** Phones and agents that this test opened. */
    final List<AutoCloseable> open = new ArrayList<>();
    private final List<CallId> begun = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        bus = new Bus(Surroundings.KAFKA);
        rtc = LiveKitRtc.create(RtcSettings.defaults().withLoops(1));
        Await.untilTrue("the relay is ready", Duration.ofSeconds(60), () -> get("/q/health/ready").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        rtc.close();
        bus.close();
    }

    @AfterEach
    void endAll() throws Exception {
        for (CallId call : begun) {
            bus.say(new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
        }
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    static Response get(String path) {
        return RestAssured.given().port(Surroundings.HTTP_PORT).get(path);
    }

    /** Returns a metric of the relay, summed over all its tags. */
    static double metric(String name) {
        return get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    /** Marks the call to be ended when the test is over. */
    void ending(CallId call) {
        begun.add(call);
    }

    Envelope admit(CallAdmitted call) {
        ending(call.callId());
        return bus.say(call);
    }
}
