package dev.trunkline.rtc.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RpcCall;
import dev.trunkline.rtc.RpcError;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.loop.MediaLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import livekit.LivekitModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a participant can send that follows no rules. */
class RoomRpcTest {
    private static final RemoteParticipant AGENT =
            new RemoteParticipant("PA_1", "agent", "", ParticipantKind.AGENT, "", Map.of(), List.of());
    private static final String CALLER = "agent";

    private final Map<String, RemoteParticipant> present = new ConcurrentHashMap<>(Map.of(CALLER, AGENT));

    private final LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults().withLoops(1));
    private final MediaLoop loop = rtc.nextLoop();
    private final List<LivekitModels.DataPacket> sent = new CopyOnWriteArrayList<>();
    private final List<RpcCall> calls = new CopyOnWriteArrayList<>();
    private final RoomListener listener = new RoomListener() {
        @Override
        public void rpcCalled(RpcCall call) {
            calls.add(call);
        }
    };
    private final RoomRpc rpc = new RoomRpc(
            loop, listener, new ListenerQueue(Runnable::run, "test", (where, fault) -> {}),
            (packet, to) -> sent.add(packet.build()),
            packet -> Optional.ofNullable(present.get(packet.getParticipantIdentity())), "test");

    @AfterEach
    void close() {
        rtc.close();
    }

    private void onLoop(Runnable task) {
        var done = new CompletableFuture<Void>();
        loop.execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
            }
        });
        done.join();
    }

    private static LivekitModels.RpcRequest.Builder request(String id) {
        return LivekitModels.RpcRequest.newBuilder().setId(id).setMethod("m").setVersion(1).setResponseTimeoutMs(10_000);
    }

    private void receive(LivekitModels.RpcRequest.Builder request, String from) {
        onLoop(() -> rpc.received(
                LivekitModels.DataPacket.newBuilder().setRpcRequest(request).setParticipantIdentity(from).build()));
    }

    private List<Integer> errors() {
        return sent.stream().filter(packet -> packet.hasRpcResponse() && packet.getRpcResponse().hasError())
                .map(packet -> packet.getRpcResponse().getError().getCode()).toList();
    }

    @Test
    void aCallIsAcknowledgedAtOnceAndAnsweredOnce() {
        receive(request("1"), CALLER);
        receive(request("1"), CALLER);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().getRpcAck().getRequestId()).isEqualTo("1");
        assertThat(calls).hasSize(1);
        calls.getFirst().respond("yes");
        calls.getFirst().fail(new RpcError(1, "no"));
        onLoop(() -> {});
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).getRpcResponse().getPayload()).isEqualTo("yes");
    }

    @Test
    void whatIsNoCallIsPassedOver() {
        receive(request(""), CALLER);
        receive(request("x".repeat(10_000)), CALLER);
        receive(request("1"), "");
        onLoop(() -> {
            rpc.received(LivekitModels.DataPacket.newBuilder()
                    .setRpcAck(LivekitModels.RpcAck.newBuilder().setRequestId("nobody's")).build());
            rpc.received(LivekitModels.DataPacket.newBuilder()
                    .setRpcResponse(LivekitModels.RpcResponse.newBuilder().setRequestId("nobody's")).build());
            rpc.received(LivekitModels.DataPacket.getDefaultInstance());
        });
        assertThat(sent).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void whatCannotBeServedIsRefusedByLiveKitsCodes() {
        receive(request("1").setVersion(2), CALLER);
        receive(request("2").setMethod("m".repeat(65)), CALLER);
        receive(request("3").setPayload("x".repeat(RpcError.MOST_DATA + 1)), CALLER);
        assertThat(errors()).containsExactly(
                RpcError.UNSUPPORTED_VERSION, RpcError.UNSUPPORTED_METHOD, RpcError.REQUEST_TOO_LONG);
        assertThat(calls).isEmpty();
    }

    @Test
    void whoCallsWithoutEndFillsNothing() {
        for (int i = 0; i < 1_000; i++) {
            receive(request("id" + i), CALLER);
        }
        assertThat(calls).hasSize(RoomRpc.MOST_AT_ONCE);
        assertThat(errors()).hasSize(1_000 - RoomRpc.MOST_AT_ONCE).containsOnly(RpcError.APPLICATION_ERROR);
        calls.getFirst().respond("");
        onLoop(() -> {});
        receive(request("another"), CALLER);
        assertThat(calls).hasSize(RoomRpc.MOST_AT_ONCE + 1);
    }

    @Test
    void whoCallsBeforeTheServerHasToldOfItsComingIsServedThen() throws Exception {
        present.clear();
        receive(request("1"), CALLER);
        receive(request("1"), CALLER);
        assertThat(sent).hasSize(1);
        assertThat(calls).isEmpty();
        present.put(CALLER, AGENT);
        long end = System.nanoTime() + 20_000_000_000L;
        while (calls.isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(10);
        }
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().caller()).isEqualTo(AGENT);
    }

    @Test
    void whoIsNotThereIsNotWaitedForAfterTheRoomWasLeft() {
        int before = loop.timers();
        receive(request("1"), "nobody");
        assertThat(loop.timers()).isEqualTo(before + 1);
        onLoop(rpc::close);
        assertThat(loop.timers()).isEqualTo(before);
    }

    @Test
    void nothingIsLeftOfACallWhoseTimeIsOverOrWhoseRoomWasLeft() {
        int before = loop.timers();
        receive(request("1"), CALLER);
        receive(request("2").setResponseTimeoutMs(-1), CALLER);
        assertThat(loop.timers()).isEqualTo(before + 2);
        onLoop(rpc::close);
        assertThat(loop.timers()).isEqualTo(before);
        calls.forEach(call -> call.respond("late"));
        onLoop(() -> {});
        receive(request("3"), CALLER);
        assertThat(sent).noneMatch(LivekitModels.DataPacket::hasRpcResponse);
        assertThat(calls).hasSize(2);
    }
}
