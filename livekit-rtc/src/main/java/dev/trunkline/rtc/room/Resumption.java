package dev.trunkline.rtc.room;

import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.signal.ServerMessages;
import dev.trunkline.rtc.signal.Signalling;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import livekit.LivekitModels;
import livekit.LivekitRtc;
import org.jboss.logging.Logger;

/** Restores a room's connections, or establishes them if they fail to come up: carries out what {@link RoomLife} decides. */
final class Resumption {

    private static final Logger LOG = Logger.getLogger(Resumption.class);

    /** Pause between attempts: short at first, because a restarted proxy is back soon. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final MediaLoop loop;
    private final Signalling signalling;
    private final Negotiation negotiation;
    private final MediaTransport transport;
    private final RoomLife life;
    private final JoinRequest request;
    private final Duration timeout;
    private final PathPatience patience;

    Resumption(MediaLoop loop, Signalling signalling, Negotiation negotiation, MediaTransport transport, RoomLife life,
            JoinRequest request, Duration timeout) {
        this.loop = loop;
        this.signalling = signalling;
        this.negotiation = negotiation;
        this.transport = transport;
        this.life = life;
        this.request = request;
        this.timeout = timeout;
        this.patience = new PathPatience(loop, this::pathSilent);
    }

    /** Begins to wait for an answer on the media path. */
    void awaitPath() {
        patience.begin();
    }

    void answered(Answer answer) {
        if (transport.answered(answer)) {
            patience.begin();
        }
    }

    /** Stops waiting. */
    void stop() {
        patience.stop();
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
                        ServerMessages.resume(request.autoSubscribe(), localSid, media
                                ? LivekitModels.ReconnectReason.RR_SIGNAL_DISCONNECTED
                                : LivekitModels.ReconnectReason.RR_PUBLISHER_FAILED),
                        timeout);
            }
        });
    }

    /** Tells the server what we publish, and sends a new offer, because it is unknown whether the last one was answered. */
    void resynchronise(boolean restartIce, Optional<LivekitRtc.TrackPublishedResponse> published) {
        LivekitRtc.SyncState.Builder state = LivekitRtc.SyncState.newBuilder()
                .setSubscription(ServerMessages.subscription(List.of(), !request.autoSubscribe()));
        published.ifPresent(state::addPublishTracks);
        signalling.send(LivekitRtc.SignalRequest.newBuilder().setSyncState(state));
        offer(negotiation.afterResume(restartIce ? Optional.of(transport.restartIce()) : Optional.empty()));
    }

    void restartIce() {
        offer(negotiation.restart(transport.restartIce()));
    }

    /** Restarts ICE from another socket. @param silence how long there has been no answer */
    void startOver(Duration silence) {
        LOG.warnf("%s nothing has answered on the media path for %d s (%s): starting it over from another port",
                request.logLabel(), silence.toSeconds(), transport.describeIce());
        try {
            offer(negotiation.startOver(transport.startOver(), transport.candidates()));
            patience.begin();
        } catch (UncheckedIOException noSocket) {
            life.failed(new RtcException(RtcException.Kind.UNREACHABLE, noSocket.getMessage(), noSocket));
        }
    }

    void offer(Negotiation.NumberedOffer offer) {
        signalling.send(LivekitRtc.SignalRequest.newBuilder()
                .setOffer(ServerMessages.offer(offer.offer().toSdp(), offer.id())));
    }

    private void pathSilent(Duration silence) {
        if (!transport.iceSelected()) {
            life.mediaSilent(silence);
        }
    }
}
