package dev.trunkline.rtc.signal;

import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.loop.FaultListener;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import livekit.LivekitRtc;

/**
 * A room's signalling connection, over any number of consecutive WebSockets. Confined to the room's loop, where it also makes
 * its callbacks; each socket has a number, and messages from an earlier one are ignored.
 */
public final class Signalling {

    /** Ping interval, and how long the server may be silent. */
    private record KeepAlive(Duration interval, Duration timeout) {
    }

    /** Events from the server, on the loop. */
    public interface Events {

        void received(LivekitRtc.SignalResponse response);

        /** The connection is lost; {@link #connect} opens another. */
        void lost(RtcException why);
    }

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final HttpClient http;
    private final URI server;
    private final MediaLoop loop;
    private final Events events;
    private final FaultListener faults;
    private String token;
    private int number;
    private Optional<SignalSocket.Open> open = Optional.empty();
    private Optional<CompletableFuture<SignalSocket.Open>> opening = Optional.empty();
    private final List<LivekitRtc.SignalRequest> early = new ArrayList<>();
    private Optional<KeepAlive> keepAlive = Optional.empty();
    private Optional<LoopTimer> pinging = Optional.empty();
    private long lastHeard;
    private long lastPing;
    private long roundTripMillis;

    /** @param faults told of exceptions that a server message caused in the socket's callback */
    public Signalling(
            HttpClient http, URI server, String token, MediaLoop loop, Events events, FaultListener faults) {
        this.http = http;
        this.server = server;
        this.token = token;
        this.loop = loop;
        this.events = events;
        this.faults = faults;
    }

    /** Opens a WebSocket for a join or a resume; an earlier one is dropped. */
    public void connect(LivekitRtc.JoinRequest request, Duration timeout) {
        drop();
        int mine = number;
        SignalSocket.Listener listener = new SignalSocket.Listener() {
            @Override
            public void received(LivekitRtc.SignalResponse response) {
                loop.execute(() -> hear(mine, response));
            }

            @Override
            public void closed(String why) {
                loop.execute(() -> lose(mine, new RtcException(
                        RtcException.Kind.UNREACHABLE, "the signalling connection was " + why)));
            }
        };
        CompletableFuture<SignalSocket.Open> socket =
                SignalSocket.connect(http, JoinUri.of(server, request), token, timeout, listener, faults);
        opening = Optional.of(socket);
        socket.whenComplete((opened, failure) -> loop.execute(() -> {
            if (failure != null) {
                lose(mine, refusal(failure));
            } else if (mine == number) {
                take(opened);
            }
        }));
    }

    private void take(SignalSocket.Open opened) {
        opening = Optional.empty();
        open = Optional.of(opened);
        early.forEach(opened::send);
        early.clear();
        lastHeard = System.nanoTime();
        schedulePing();
    }

    /**
     * Does nothing while there is no connection, because after a resume the server is told the current state anyway. The server
     * may send before the HTTP client has reported the socket as open; our answer then waits for that.
     *
     * @return false while there is no connection
     */
    public boolean send(LivekitRtc.SignalRequest.Builder request) {
        if (opening.isPresent()) {
            early.add(request.build());
        } else {
            open.ifPresent(socket -> socket.send(request.build()));
        }
        return opening.isPresent() || open.isPresent();
    }

    /**
     * Sends pings from now on, as the join response requests, over this and later sockets; if the server is silent, the connection counts
     * as lost.
     */
    public void keepAlive(Duration interval, Duration timeout) {
        keepAlive = Optional.of(new KeepAlive(interval, timeout));
        schedulePing();
    }

    /** The server issues new tokens, because the first may expire before a resume needs it. */
    public void refreshToken(String fresh) {
        token = fresh;
    }

    /** Drops the connection, so that nothing more is received from it. */
    public void drop() {
        number++;
        pinging.ifPresent(LoopTimer::cancel);
        pinging = Optional.empty();
        open.ifPresent(SignalSocket.Open::close);
        open = Optional.empty();
        opening.ifPresent(socket -> socket.thenAccept(SignalSocket.Open::close));
        opening = Optional.empty();
        early.clear();
    }

    /**
     * Sends a last message and closes; completes when that is done or impossible. If a connection is still being established,
     * this waits for it: a server that was not told would keep our place in the room for a resume.
     */
    public CompletionStage<Void> leave(LivekitRtc.SignalRequest.Builder last) {
        Optional<CompletableFuture<SignalSocket.Open>> socket = open.map(CompletableFuture::completedFuture).or(() -> opening);
        open = Optional.empty();
        opening = Optional.empty();
        drop();
        return socket.map(there -> there.thenCompose(opened -> {
            opened.send(last.build());
            return opened.close();
        }).<Void>handle((closed, failure) -> null)).orElse(CompletableFuture.completedFuture(null));
    }

    private void hear(int from, LivekitRtc.SignalResponse response) {
        if (from != number) {
            return;
        }
        lastHeard = System.nanoTime();
        if (response.hasPongResp()) {
            roundTripMillis = Math.max(0, Duration.ofNanos(lastHeard - lastPing).toMillis());
        }
        events.received(response);
    }

    private void lose(int from, RtcException why) {
        if (from == number) {
            drop();
            events.lost(why);
        }
    }

    private void schedulePing() {
        pinging.ifPresent(LoopTimer::cancel);
        pinging = keepAlive.map(settings -> loop.schedule(settings.interval(), () -> ping(settings)));
    }

    private void ping(KeepAlive settings) {
        long now = System.nanoTime();
        if (now - lastHeard > settings.timeout().plus(settings.interval()).toNanos()) {
            lose(number, new RtcException(RtcException.Kind.UNREACHABLE,
                    "the server has sent nothing for " + Duration.ofNanos(now - lastHeard).toSeconds() + " s"));
            return;
        }
        lastPing = now;
        // Before sending, so that the next ping is scheduled whatever happens to this one.
        schedulePing();
        send(LivekitRtc.SignalRequest.newBuilder().setPingReq(LivekitRtc.Ping.newBuilder()
                .setTimestamp(System.currentTimeMillis()).setRtt(roundTripMillis)));
    }

    private RtcException refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException refused) {
            int status = refused.getResponse().statusCode();
            return switch (status) {
                case UNAUTHORIZED, FORBIDDEN -> new RtcException(RtcException.Kind.REFUSED,
                        "the server refused the access token (HTTP " + status + "): check API key, secret and expiry", cause);
                case NOT_FOUND -> new RtcException(RtcException.Kind.REFUSED, "the server has no such room or no /rtc/v1 "
                        + "(HTTP 404): it needs livekit-server 1.9 or later, and an existing room where auto-create is off", cause);
                default -> new RtcException(RtcException.Kind.REFUSED, "the server refused the join with HTTP " + status, cause);
            };
        }
        return new RtcException(RtcException.Kind.UNREACHABLE, "no signalling connection to " + server.getScheme() + "://"
                + server.getAuthority() + ": " + cause, cause);
    }
}
