package dev.trunkline.rtc.signal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.trunkline.rtc.loop.FaultListener;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import livekit.LivekitRtc;

/**
 * One WebSocket to the server. Uses {@code java.net.http}, which is part of the JDK, so the library brings no second network
 * stack, and one selector thread serves every room's signalling.
 */
final class SignalSocket implements WebSocket.Listener {

    /** Callbacks of one socket, on a thread of the HTTP client, one call at a time. */
    interface Listener {

        void received(LivekitRtc.SignalResponse response);

        /** The last callback. */
        void closed(String why);
    }

    /** LiveKit's largest messages list a room's participants. */
    private static final int MESSAGE_LIMIT = 16 << 20;

    private final Listener listener;
    private final FaultListener faults;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final Object sendLock = new Object();
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

    private SignalSocket(Listener listener, FaultListener faults) {
        this.listener = listener;
        this.faults = faults;
    }

    /** An open socket. */
    record Open(SignalSocket socket, WebSocket webSocket) {

        void send(LivekitRtc.SignalRequest request) {
            socket.enqueue(webSocket, ByteBuffer.wrap(request.toByteArray()));
        }

        /** Closes after queued messages have been sent. */
        CompletionStage<?> close() {
            synchronized (socket.sendLock) {
                return socket.lastSend
                        .handle((sent, failure) -> webSocket.sendClose(WebSocket.NORMAL_CLOSURE, ""))
                        .thenCompose(stage -> stage)
                        .whenComplete((closed, failure) -> webSocket.abort());
            }
        }
    }

    static CompletableFuture<Open> connect(
            HttpClient http, URI uri, String token, Duration timeout, Listener listener, FaultListener faults) {
        SignalSocket socket = new SignalSocket(listener, faults);
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .connectTimeout(timeout)
                .buildAsync(uri, socket)
                .thenApply(webSocket -> new Open(socket, webSocket));
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        webSocket.request(1);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        try {
            take(data, last);
            webSocket.request(1);
        } catch (InvalidProtocolBufferException e) {
            lose(webSocket, e.getMessage());
        } catch (Throwable fault) {
            // A partly read message is useless, and a caller that waits for it must not wait for ever.
            faults.tell("signal-socket", fault);
            lose(webSocket, "a message could not be handled: " + fault.getClass().getSimpleName());
        }
        return null;
    }

    private void take(ByteBuffer data, boolean last) throws InvalidProtocolBufferException {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        if (message.size() + part.length > MESSAGE_LIMIT) {
            throw new InvalidProtocolBufferException("a message was longer than " + MESSAGE_LIMIT + " octets");
        }
        message.writeBytes(part);
        if (last) {
            byte[] whole = message.toByteArray();
            message.reset();
            listener.received(parsed(whole));
        }
    }

    private static LivekitRtc.SignalResponse parsed(byte[] whole) throws InvalidProtocolBufferException {
        try {
            return LivekitRtc.SignalResponse.parseFrom(whole);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidProtocolBufferException("a message was not a SignalResponse", e);
        }
    }

    private void lose(WebSocket webSocket, String why) {
        webSocket.abort();
        listener.closed(why);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        listener.closed("closed by the server with status " + statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        listener.closed(error.getClass().getSimpleName() + ": " + error.getMessage());
    }

    /** The JDK's WebSocket permits one send at a time. A failed send is reported through onError. */
    private void enqueue(WebSocket webSocket, ByteBuffer bytes) {
        synchronized (sendLock) {
            lastSend = lastSend
                    .handle((sent, failure) -> webSocket.sendBinary(bytes, true))
                    .thenCompose(stage -> stage);
        }
    }
}
