package dev.trunkline.rtc.room;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.signal.ServerMessages;
import dev.trunkline.rtc.signal.Signalling;
import livekit.LivekitModels;
import livekit.LivekitRtc;

/** Brings a room's broken connections back: what {@link RoomLife} decides, said to the server. */
final class Resumption {

    /** Between attempts: short at first, as a restarted proxy is back soon. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final MediaLoop loop;
    private final Signalling signalling;
    private final Negotiation negotiation;
    private final MediaTransport transport;
    private final RoomLife life;
    private final boolean autoSubscribe;
    private final Duration timeout;

    Resumption(MediaLoop loop, Signalling signalling, Negotiation negotiation, MediaTransport transport, RoomLife life,
            boolean autoSubscribe, Duration timeout) {
        this.loop = loop;
        this.signalling = signalling;
        this.negotiation = negotiation;
        this.transport = transport;
        this.life = life;
        this.autoSubscribe = autoSubscribe;
        this.timeout = timeout;
    }

    /** @param attempt the first is made at once, later ones after a pause */
    void resumeSignalling(int attempt, String localSid) {
        signalling.drop();
        long pause = attempt == 1 ? 0
                : Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt - 2, 10));
        loop.schedule(Duration.ofMillis(pause), () -> {
            if (life.state() instanceof RoomLife.State.Resuming(boolean signal, boolean media, int current)
                    && !signal && current == attempt) {
                signalling.connect(
                        ServerMessages.resume(autoSubscribe, localSid, media
                                ? LivekitModels.ReconnectReason.RR_SIGNAL_DISCONNECTED
                                : LivekitModels.ReconnectReason.RR_PUBLISHER_FAILED),
                        timeout);
            }
        });
    }

    /** Tells the server what we publish, and offers anew, as nobody knows whether the last offer was answered. */
    void resynchronise(boolean restartIce, Optional<LivekitRtc.TrackPublishedResponse> published) {
        LivekitRtc.SyncState.Builder state = LivekitRtc.SyncState.newBuilder()
                .setSubscription(ServerMessages.subscription(List.of(), !autoSubscribe));
        published.ifPresent(state::addPublishTracks);
        signalling.send(LivekitRtc.SignalRequest.newBuilder().setSyncState(state));
        offer(negotiation.afterResume(restartIce ? Optional.of(transport.restartIce()) : Optional.empty()));
    }

    void restartIce() {
        offer(negotiation.restart(transport.restartIce()));
    }

    void offer(Negotiation.NumberedOffer offer) {
        signalling.send(LivekitRtc.SignalRequest.newBuilder()
                .setOffer(ServerMessages.offer(offer.offer().toSdp(), offer.id())));
    }
}
