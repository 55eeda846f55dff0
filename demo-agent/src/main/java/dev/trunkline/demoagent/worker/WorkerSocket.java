package dev.trunkline.demoagent.worker;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.trunkline.rtc.loop.FaultListener;
import io.livekit.server.AccessToken;
import io.livekit.server.Agent;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import livekit.LivekitAgent.ServerMessage;
import livekit.LivekitAgent.WorkerMessage;
import org.jboss.logging.Logger;

/** One connection to LiveKit's {@code /agent}: whole messages in, whole messages out. */
final class WorkerSocket implements WebSocket.Listener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkerSocket.class);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final Consumer<ServerMessage> receiver;
    private final FaultListener faults;
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private CompletableFuture<WebSocket> sending;

    /**
     * @param receiver is called with each message, one at a time
     * @param faults told what the receiver threw for a message; the next message is still read
     */
    WorkerSocket(HttpClient http, WorkerSettings settings, Consumer<ServerMessage> receiver, FaultListener faults) {
        this.receiver = receiver;
        this.faults = faults;
        this.sending = http.newWebSocketBuilder()
                .connectTimeout(CONNECT_PATIENCE)
                .header("Authorization", "Bearer " + token(settings))
                .buildAsync(settings.socket(), this);
        sending.whenComplete((socket, failure) -> {
            if (failure != null) {
                closed.complete("no connection: " + failure.getMessage());
            }
        });
    }

    private static String token(WorkerSettings settings) {
        var token = new AccessToken(settings.key(), settings.secret());
        token.setTtl(TOKEN_LIFE.toMillis());
        token.addGrants(new Agent(true));
        return token.toJwt();
    }

    /** Completes with the reason when the connection is closed, or could not be established. */
    CompletionStage<String> closed() {
        return closed.copy();
    }

    /** Sends after earlier messages; once the connection is closed, the message is dropped. */
    synchronized void send(WorkerMessage message) {
        ByteBuffer bytes = ByteBuffer.wrap(message.toByteArray());
        sending = sending.thenCompose(socket -> socket.sendBinary(bytes, true));
        sending.whenComplete((socket, failure) -> {
            if (failure != null) {
                closed.complete("sending failed: " + failure.getMessage());
            }
        });
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        partial.writeBytes(bytes);
        if (last) {
            byte[] whole = partial.toByteArray();
            partial.reset();
            receive(whole);
        }
        socket.request(1);
        return null;
    }

    private void receive(byte[] whole) {
        try {
            receiver.accept(ServerMessage.parseFrom(whole));
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("LiveKit sent a message that is not of the agent protocol; ignored");
        } catch (Throwable fault) {
            faults.tell("worker-message", fault);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closed.complete("LiveKit closed the connection (" + status + (reason.isEmpty() ? "" : ", " + reason) + ")");
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.complete("the connection broke: " + error.getMessage());
    }

    @Override
    public void close() {
        closed.complete("closed by this worker");
        synchronized (this) {
            sending.whenComplete((socket, failure) -> {
                if (socket != null) {
                    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((done, error) -> socket.abort());
                }
            });
        }
    }
}
