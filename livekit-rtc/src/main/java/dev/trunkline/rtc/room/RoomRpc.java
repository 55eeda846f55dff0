package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RpcError;
import dev.trunkline.rtc.RpcException;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import livekit.LivekitModels;
import org.jboss.logging.Logger;

/**
 * LiveKit's RPC over reliable data packets, version 1, in both directions. Used on the loop.
 *
 * <pre>
 *   caller --RpcRequest--> callee    at once: RpcAck; later: RpcResponse with a payload or an error
 * </pre>
 */
final class RoomRpc {
    /** Sends one packet reliably to one participant. */
    @FunctionalInterface
    interface Sender {
        void send(LivekitModels.DataPacket.Builder packet, String destination);
    }

    static final int VERSION = 1;
    /** Limit of calls to us that wait for the listener's answer, and of calls that we made. */
    static final int MOST_AT_ONCE = 32;

    private static final Logger LOG = Logger.getLogger(RoomRpc.class);
    /** The SDKs use a UUID of 36 characters. */
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_METHOD = 64;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    /** As in LiveKit's SDKs: if no RpcAck arrives within this time, the other side is not there. */
    private static final Duration ACK = Duration.ofSeconds(7);
    /** livekit-server announces a participant that has joined and publishes nothing after 3 s at the latest. */
    private static final int MOST_LOOKS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final MediaLoop loop;
    private final RoomListener listener;
    private final ListenerQueue queue;
    private final Sender sender;
    private final Function<LivekitModels.DataPacket, Optional<RemoteParticipant>> senders;
    private final String logLabel;
    /** Calls by participants that the room does not know yet. */
    private final Map<String, LoopTimer> strangers = new HashMap<>();
    private final Map<String, ServedRpc> served = new HashMap<>();
    private final Map<String, Made> made = new HashMap<>();
    private boolean closed;

    private record Made(String destination, CompletableFuture<String> answer, LoopTimer ack, LoopTimer response) {
        void cancel() {
            ack.cancel();
            response.cancel();
        }
    }

    /** @param senders looks up who sent a packet, as far as the room knows */
    RoomRpc(
            MediaLoop loop,
            RoomListener listener,
            ListenerQueue queue,
            Sender sender,
            Function<LivekitModels.DataPacket, Optional<RemoteParticipant>> senders,
            String logLabel) {
        this.loop = loop;
        this.listener = listener;
        this.queue = queue;
        this.sender = sender;
        this.senders = senders;
        this.logLabel = logLabel;
    }

    void received(LivekitModels.DataPacket packet) {
        switch (packet.getValueCase()) {
            case RPC_REQUEST -> requested(packet);
            case RPC_ACK -> Optional.ofNullable(made.get(packet.getRpcAck().getRequestId()))
                    .ifPresent(call -> call.ack().cancel());
            case RPC_RESPONSE -> responded(packet.getRpcResponse());
            default -> {
                // Not RPC.
            }
        }
    }

    private void requested(LivekitModels.DataPacket packet) {
        String id = packet.getRpcRequest().getId();
        String from = packet.getParticipantIdentity();
        if (closed || from.isEmpty() || id.isEmpty() || id.length() > LONGEST_ID || served.containsKey(id)
                || strangers.containsKey(id)) {
            return;
        }
        send(LivekitModels.DataPacket.newBuilder().setRpcAck(LivekitModels.RpcAck.newBuilder().setRequestId(id)), from);
        Optional<RpcError> fault = fault(packet.getRpcRequest());
        if (fault.isPresent()) {
            send(failed(id, fault.get()), from);
        } else {
            look(packet, MOST_LOOKS);
        }
    }

    /** A participant that has just joined may call before the server has announced it. */
    private void look(LivekitModels.DataPacket packet, int looks) {
        String id = packet.getRpcRequest().getId();
        strangers.remove(id);
        Optional<RemoteParticipant> caller = senders.apply(packet);
        if (caller.isPresent()) {
            serve(packet.getRpcRequest(), caller.get());
        } else if (looks > 0) {
            strangers.put(id, loop.schedule(BETWEEN_LOOKS, () -> look(packet, looks - 1)));
        } else {
            send(failed(id, new RpcError(RpcError.APPLICATION_ERROR, "The caller is not known in the room")),
                    packet.getParticipantIdentity());
        }
    }

    private void serve(LivekitModels.RpcRequest request, RemoteParticipant caller) {
        String id = request.getId();
        Duration wait = Duration.ofMillis(Math.min(
                Integer.toUnsignedLong(request.getResponseTimeoutMs()), LONGEST_WAIT.toMillis()));
        LoopTimer forgotten = loop.schedule(wait, () -> served.remove(id));
        var call = new ServedRpc(
                request.getMethod(), request.getPayload(), caller, wait,
                answer -> loop.execute(() -> answer(id, caller.identity(), answer)));
        served.put(id, call.until(forgotten));
        queue.add(() -> {
            try {
                listener.rpcCalled(call);
            } catch (Throwable thrown) {
                call.fail(new RpcError(RpcError.APPLICATION_ERROR, "Application error in method handler"));
                throw thrown;
            }
        });
    }

    private Optional<RpcError> fault(LivekitModels.RpcRequest request) {
        if (request.getVersion() != VERSION || !request.getCompressedPayload().isEmpty()) {
            return Optional.of(new RpcError(RpcError.UNSUPPORTED_VERSION, "Unsupported RPC version"));
        }
        if (request.getMethod().length() > LONGEST_METHOD) {
            return Optional.of(new RpcError(RpcError.UNSUPPORTED_METHOD, "Method not supported at destination"));
        }
        if (request.getPayloadBytes().size() > RpcError.MOST_DATA) {
            return Optional.of(new RpcError(RpcError.REQUEST_TOO_LONG, "Request payload too large"));
        }
        return served.size() + strangers.size() < MOST_AT_ONCE
                ? Optional.empty()
                : Optional.of(new RpcError(RpcError.APPLICATION_ERROR, "Too many calls are waiting for their answer"));
    }

    private void answer(String id, String destination, ServedRpc.Answer answer) {
        ServedRpc call = served.remove(id);
        if (call == null || closed) {
            return;
        }
        call.timer().ifPresent(LoopTimer::cancel);
        send(switch (answer) {
            case ServedRpc.Answer.Payload(String text) when text.getBytes(StandardCharsets.UTF_8).length > RpcError.MOST_DATA ->
                failed(id, new RpcError(RpcError.RESPONSE_TOO_LONG, "Response payload too large"));
            case ServedRpc.Answer.Payload(String text) -> LivekitModels.DataPacket.newBuilder()
                    .setRpcResponse(LivekitModels.RpcResponse.newBuilder().setRequestId(id).setPayload(text));
            case ServedRpc.Answer.Failure(RpcError error) -> failed(id, error);
        }, destination);
    }

    private static LivekitModels.DataPacket.Builder failed(String id, RpcError error) {
        return LivekitModels.DataPacket.newBuilder().setRpcResponse(LivekitModels.RpcResponse.newBuilder()
                .setRequestId(id)
                .setError(LivekitModels.RpcError.newBuilder()
                        .setCode(error.code()).setMessage(error.message()).setData(error.data())));
    }

    /** If a packet cannot be sent, the other side notices by its own timeout. */
    private void send(LivekitModels.DataPacket.Builder packet, String destination) {
        try {
            sender.send(packet, destination);
        } catch (RuntimeException e) {
            LOG.debugf("%s an RPC packet could not be sent: %s", logLabel, e.getMessage());
        }
    }

    /** Calls a method of another participant; the answer fails with an {@link RpcException}. */
    void perform(String destination, String method, String payload, Duration responseTimeout, CompletableFuture<String> answer) {
        if (payload.getBytes(StandardCharsets.UTF_8).length > RpcError.MOST_DATA) {
            throw new RpcException(new RpcError(RpcError.REQUEST_TOO_LONG, "Request payload too large"));
        }
        if (made.size() >= MOST_AT_ONCE) {
            throw new RpcException(new RpcError(RpcError.SEND_FAILED, "Too many calls are waiting for their answer"));
        }
        String id = UUID.randomUUID().toString();
        sender.send(LivekitModels.DataPacket.newBuilder().setRpcRequest(LivekitModels.RpcRequest.newBuilder()
                .setId(id).setMethod(method).setPayload(payload)
                .setResponseTimeoutMs((int) Math.min(responseTimeout.toMillis(), LONGEST_WAIT.toMillis()))
                .setVersion(VERSION)), destination);
        made.put(id, new Made(
                destination, answer,
                loop.schedule(ACK, () -> over(id, new RpcError(RpcError.CONNECTION_TIMEOUT, "Connection timeout"))),
                loop.schedule(responseTimeout, () -> over(id, new RpcError(RpcError.RESPONSE_TIMEOUT, "Response timeout")))));
    }

    private void responded(LivekitModels.RpcResponse response) {
        Made call = made.remove(response.getRequestId());
        if (call == null) {
            return;
        }
        call.cancel();
        if (response.hasError()) {
            LivekitModels.RpcError error = response.getError();
            call.answer().completeExceptionally(new RpcException(
                    new RpcError(error.getCode(), error.getMessage(), error.getData())));
        } else {
            call.answer().complete(response.getPayload());
        }
    }

    /** A participant that has left sends no answers. */
    void left(RemoteParticipant gone) {
        made.entrySet().stream().filter(call -> call.getValue().destination().equals(gone.identity())).map(Map.Entry::getKey).toList()
                .forEach(id -> over(id, new RpcError(RpcError.RECIPIENT_LEFT, "Recipient disconnected")));
    }

    private void over(String id, RpcError why) {
        Made call = made.remove(id);
        if (call != null) {
            call.cancel();
            call.answer().completeExceptionally(new RpcException(why));
        }
    }

    void close() {
        closed = true;
        served.values().forEach(call -> call.timer().ifPresent(LoopTimer::cancel));
        served.clear();
        strangers.values().forEach(LoopTimer::cancel);
        strangers.clear();
        List.copyOf(made.keySet()).forEach(id -> over(id, new RpcError(RpcError.SEND_FAILED, "The room was left")));
    }
}
