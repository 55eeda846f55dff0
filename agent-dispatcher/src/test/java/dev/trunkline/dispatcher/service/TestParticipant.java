package dev.trunkline.dispatcher.service;

import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import io.livekit.server.AccessToken;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A participant that uses LiveKit's signalling alone: LiveKit waits some time for its media. */
final class TestParticipant implements WebSocket.Listener, AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<Void> entered = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final WebSocket socket;

    TestParticipant(LiveKitSettings livekit, String token) {
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(livekit.url() + "/rtc?auto_subscribe=1&protocol=9&access_token=" + token), this)
                .join();
        entered.join();
    }

    static TestParticipant person(LiveKitSettings livekit, String room, String identity) {
        var token = new AccessToken(livekit.apiKey(), livekit.apiSecret());
        token.setIdentity(identity);
        token.addGrants(new RoomJoin(true), new RoomName(room));
        return new TestParticipant(livekit, token.toJwt());
    }

    /** Completes when LiveKit ends the connection. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        entered.complete(null);
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        gone.complete(null);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        gone.complete(null);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
