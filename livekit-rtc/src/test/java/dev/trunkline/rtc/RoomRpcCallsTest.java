package dev.trunkline.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trunkline.rtc.server.Client;
import dev.trunkline.rtc.server.LiveKitServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LiveKit's RPC in a real room. */
class RoomRpcCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static LiveKitServer server;
    private static LiveKitRtc rtc;

    @BeforeAll
    static void start() throws Exception {
        server = LiveKitServer.start();
        rtc = LiveKitRtc.create(RtcSettings.defaults());
        rtc.warmUp();
    }

    @AfterAll
    static void stop() throws Exception {
        rtc.close();
        server.close();
    }

    private static Client join(String room, String identity) throws Exception {
        return Client.join(rtc, server.url(), server.token(room, identity));
    }

    private static RpcError error(CompletionStage<String> answer) {
        Throwable thrown = catchThrowable(() -> answer.toCompletableFuture().join());
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(RpcException.class);
        return ((RpcException) thrown.getCause()).error();
    }

    @Test
    void aMethodIsCarriedOutForWhoCallsIt() throws Exception {
        try (Client alice = join("rpc", "alice"); Client bob = join("rpc", "bob")) {
            alice.await("participantJoined");
            bob.serve(call -> call.respond(
                    call.method() + " " + call.payload() + " " + call.caller().identity() + " " + call.responseTimeout().toSeconds()));
            String answer = alice.room().performRpc("bob", "greet", "grüß", PATIENCE).toCompletableFuture().join();
            assertThat(answer).isEqualTo("greet grüß alice 20");
        }
    }

    @Test
    void anAnswerMayComeLaterAndOthersMeanwhile() throws Exception {
        try (Client alice = join("rpc-later", "alice"); Client bob = join("rpc-later", "bob")) {
            alice.await("participantJoined");
            bob.serve(call -> {
                if (call.method().equals("quick")) {
                    call.respond("quick");
                }
            });
            CompletionStage<String> slow = alice.room().performRpc("bob", "slow", "", PATIENCE);
            assertThat(alice.room().performRpc("bob", "quick", "", PATIENCE).toCompletableFuture().join()).isEqualTo("quick");
            assertThat(slow.toCompletableFuture().isDone()).isFalse();
            var call = (RpcCall) bob.await("rpcCalled", what -> ((RpcCall) what).method().equals("slow"));
            call.fail(new RpcError(486, "busy", "{}"));
            call.respond("too late");
            assertThat(error(slow)).isEqualTo(new RpcError(486, "busy", "{}"));
        }
    }

    @Test
    void whatIsWrongIsSaidByLiveKitsCodes() throws Exception {
        try (Client alice = join("rpc-wrong", "alice"); Client bob = join("rpc-wrong", "bob")) {
            alice.await("participantJoined");
            assertThat(error(alice.room().performRpc("bob", "unknown", "", PATIENCE)).code()).isEqualTo(RpcError.UNSUPPORTED_METHOD);
            bob.serve(call -> {
                throw new IllegalStateException("on purpose");
            });
            assertThat(error(alice.room().performRpc("bob", "throws", "", PATIENCE)).code()).isEqualTo(RpcError.APPLICATION_ERROR);
            bob.serve(call -> call.respond("x".repeat(RpcError.MOST_DATA + 1)));
            assertThat(error(alice.room().performRpc("bob", "long", "", PATIENCE)).code()).isEqualTo(RpcError.RESPONSE_TOO_LONG);
            assertThat(error(alice.room().performRpc("bob", "long", "x".repeat(RpcError.MOST_DATA + 1), PATIENCE)).code())
                    .isEqualTo(RpcError.REQUEST_TOO_LONG);
            bob.serve(call -> call.respond("fine"));
            assertThat(alice.room().performRpc("bob", "x", "", PATIENCE).toCompletableFuture().join()).isEqualTo("fine");
        }
    }

    @Test
    void whoSaysNothingIsNotWaitedForForEver() throws Exception {
        try (Client alice = join("rpc-silent", "alice"); Client bob = join("rpc-silent", "bob")) {
            alice.await("participantJoined");
            bob.serve(call -> {});
            assertThat(error(alice.room().performRpc("bob", "silent", "", Duration.ofMillis(300))).code())
                    .isEqualTo(RpcError.RESPONSE_TIMEOUT);
            try (Client carol = join("rpc-silent", "carol")) {
                alice.await("participantJoined");
                carol.serve(call -> {});
                CompletionStage<String> ofCarol = alice.room().performRpc("carol", "silent", "", PATIENCE);
                carol.await("rpcCalled");
                carol.close();
                assertThat(error(ofCarol).code()).isEqualTo(RpcError.RECIPIENT_LEFT);
            }
            CompletionStage<String> open = alice.room().performRpc("bob", "silent", "", PATIENCE);
            alice.close();
            assertThat(error(open).code()).isEqualTo(RpcError.SEND_FAILED);
        }
    }

    @Test
    void anErrorIsHeldToLiveKitsLimits() {
        assertThat(new RpcError(1, "ü".repeat(500)).message().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(RpcError.MOST_MESSAGE);
        assertThat(new RpcError(1, "m", "x".repeat(RpcError.MOST_DATA + 1)).data()).isEmpty();
    }
}
