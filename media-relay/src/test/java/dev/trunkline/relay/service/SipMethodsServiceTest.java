package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.RpcError;
import dev.trunkline.rtc.RpcException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The methods that agents know from livekit-sip's participants, called in the room of a call. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class SipMethodsServiceTest extends WholeRelay {
    private final CallId call = new CallId(UUID.randomUUID());
    private FakeAgent agent;

    @BeforeEach
    void ring() throws Exception {
        Await.untilTrue("there are ports", () -> metric("trunkline_relay_ports_available") >= 2);
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
        String room = "methods-" + call;
        admit(TestCalls.admitted(call, room, phone.offer()));
        bus.await(call, MediaReady.class);
        agent = opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
        bus.await(call, AgentJoined.class);
    }

    private CompletionStage<String> perform(String method, String json) {
        return agent.room.performRpc("sip_" + TestCalls.CALLER, method, json, Duration.ofSeconds(60));
    }

    private String headers(String json) {
        return perform("lk.sip.GetRemoteHeaders", json).toCompletableFuture().join();
    }

    @Test
    void theHeadersOfTheInviteAreTold() {
        assertThat(headers("{}")).isEqualTo("{\"headers\":{\"x-account\":\"42\"}}");
        assertThat(headers("")).isEqualTo("{\"headers\":{\"x-account\":\"42\"}}");
        assertThat(headers("{\"include\": [\"X-Account\"]}")).isEqualTo("{\"headers\":{\"x-account\":\"42\"}}");
        assertThat(headers("{\"include\": [\"X-Other\"]}")).isEqualTo("{}");
        assertThat(headers("{\"exclude\": [\"X-ACCOUNT\"]}")).isEqualTo("{}");
    }

    @Test
    void whatIsNoRequestIsAnErrorAndTheCallGoesOn() {
        for (String payload : new String[] {"[", "7", "[]"}) {
            Throwable thrown = catchThrowable(() -> headers(payload));
            assertThat(thrown).hasCauseInstanceOf(RpcException.class);
            assertThat(((RpcException) thrown.getCause()).error().code()).isEqualTo(RpcError.APPLICATION_ERROR);
        }
        assertThat(headers("{\"include\": 7, \"exclude\": {\"a\": []}}")).isEqualTo("{\"headers\":{\"x-account\":\"42\"}}");
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void anAgentHangsUp() throws Exception {
        assertThat(perform("lk.sip.EndCall", "{\"headers\": {\"X-Why\": \"done\"}}").toCompletableFuture().join()).isEqualTo("{}");

        var end = (EndCall) bus.await(call, EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.REQUESTED);
    }
}
