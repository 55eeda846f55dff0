package dev.trunkline.rtc.room;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RoomStats;
import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.signal.ServerMessages;
import dev.trunkline.rtc.signal.Signalling;
import livekit.LivekitModels;
import livekit.LivekitRtc;
import org.jboss.logging.Logger;

/**
 * One room: brings together its life, signalling, negotiation, media and people. {@link ServerEvents} reads what the server
 * says and calls in here.
 */
public final class RoomSession {

    private static final Logger LOG = Logger.getLogger(RoomSession.class);

    /** Between attempts to resume: fast at first, as a restarted proxy is back soon. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** For the last words to the server. */
    private static final int LEAVE_SECONDS = 2;

    private final RtcContext context;
    private final JoinRequest request;
    private final MediaLoop loop;
    private final RoomListener listener;
    private final Consumer<RoomSession> whenReleased;

    private final CompletableFuture<Room> joined = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final ListenerQueue listenerQueue;
    private final RoomLife life;
    private final Signalling signalling;
    private final MediaTransport transport;
    private final Negotiation negotiation;
    private final Optional<Publication> publication;
    private final Roster roster = new Roster();
    private final Subscriptions subscriptions = new Subscriptions();
    private final AudioReceiver receiver;
    private final Reports reports;
    private final PendingRequests requests = new PendingRequests();

    private volatile RoomInfo info = RoomInfo.UNKNOWN;
    private volatile Optional<PublishedTrack> track = Optional.empty();
    private Optional<DataChannels> data = Optional.empty();
    private Optional<LoopTimer> deadline = Optional.empty();
    private int reliableSequence;

    /** @param whenReleased is called once, when nothing of the room is left */
    public RoomSession(RtcContext context, JoinRequest request, MediaLoop loop, RoomListener listener,
            Consumer<RoomSession> whenReleased) {
        this.context = context;
        this.request = request;
        this.loop = loop;
        this.listener = listener;
        this.whenReleased = whenReleased;
        SecureRandom random = context.random();
        long ssrc = random.nextInt(1, Integer.MAX_VALUE);
        String cname = Long.toHexString(random.nextLong());
        this.listenerQueue = new ListenerQueue(context.waiting(), request.logLabel());
        this.life = new RoomLife(request.publish().isPresent(), new LifeActions());
        this.receiver = new AudioReceiver(subscriptions, listener);
        this.transport = new MediaTransport(loop, LocalAddresses.of(context.settings().bindAddress()), context.identity(),
                random, context.settings().consentTimeout(), context.settings().joinTimeout(), context.waiting(),
                new TransportEvents());
        this.publication = request.publish().map(wanted -> new Publication(wanted, ssrc, cname, random));
        this.negotiation = new Negotiation(random.nextLong(Long.MAX_VALUE), context.identity().fingerprint(),
                transport.candidates(), publication.map(Publication::offered), transport.credentials());
        this.signalling = new Signalling(context.http(), request.serverUrl(), request.token(), loop,
                new ServerEvents(this, life));
        this.reports = new Reports(loop, transport, subscriptions, ssrc, cname, context.clock(), random,
                context.settings().rtcpInterval());
    }

    /** Begins to join, from any thread. */
    public CompletionStage<Room> join() {
        loop.execute(() -> {
            deadline = Optional.of(loop.schedule(
                    context.settings().joinTimeout(), () -> life.joinTimeUp(transport.iceSelected())));
            transport.start();
            Negotiation.NumberedOffer first = negotiation.first();
            signalling.connect(
                    ServerMessages.join(request.autoSubscribe(), request.attributes(),
                            ServerMessages.offer(first.offer().toSdp(), first.id()), publication.map(Publication::request)),
                    context.settings().joinTimeout());
        });
        return joined;
    }

    /** Leaves, from any thread; completes when everything is released. */
    public CompletionStage<Void> leave(DisconnectReason reason) {
        loop.execute(() -> life.left(reason));
        return released;
    }

    // What the user asks for.

    RoomInfo info() {
        return info;
    }

    List<RemoteParticipant> participants() {
        return roster.snapshot();
    }

    Optional<LocalAudioTrack> audio() {
        return track.map(LocalAudioTrack.class::cast);
    }

    void setAttributes(Map<String, String> attributes, CompletableFuture<Void> done) {
        requireOpen();
        signalling.send(ServerMessages.attributes(requests.add(done), attributes));
    }

    void setSubscribed(String trackSid, boolean subscribed, CompletableFuture<Void> done) {
        requireOpen();
        signalling.send(LivekitRtc.SignalRequest.newBuilder()
                .setSubscription(ServerMessages.subscription(List.of(trackSid), subscribed)));
        done.complete(null);
    }

    void sendData(DataMessage message, Set<String> destinations, CompletableFuture<Void> done) {
        requireOpen();
        boolean reliable = DataPackets.reliable(message);
        DataChannels channels = data.orElseThrow(
                () -> new RtcException(RtcException.Kind.CLOSED, "data can be sent once the room is joined"));
        int sequence = reliable ? ++reliableSequence : 0;
        channels.send(
                DataPackets.encode(message, destinations, info.localIdentity(), info.localSid(), sequence), reliable);
        done.complete(null);
    }

    RoomStats stats() {
        return RoomStatsReader.read(track, receiver, reports, transport);
    }

    String describe() {
        return request.logLabel() + "\n" + transport.describePath();
    }

    // What the server says, from ServerEvents.

    void welcome(LivekitRtc.JoinResponse join) {
        info = info.with(join.getRoom()).with(join.getParticipant());
        people(roster.apply(join.getOtherParticipantsList(), info.localSid()));
        signalling.keepAlive(Duration.ofSeconds(Math.max(1, join.getPingInterval())),
                Duration.ofSeconds(Math.max(5, join.getPingTimeout())));
    }

    void room(LivekitModels.Room room) {
        String before = info.metadata();
        info = info.with(room);
        if (!before.equals(info.metadata())) {
            String metadata = info.metadata();
            listenerQueue.add(() -> listener.metadataChanged(metadata));
        }
    }

    void participants(List<LivekitModels.ParticipantInfo> infos, boolean everybody) {
        people(everybody ? roster.replace(infos, info.localSid()) : roster.apply(infos, info.localSid()));
    }

    void movedTo(LivekitRtc.RoomMovedResponse moved) {
        signalling.refreshToken(moved.getToken());
        room(moved.getRoom());
        info = info.with(moved.getParticipant());
        people(roster.replace(moved.getOtherParticipantsList(), info.localSid()));
    }

    void refreshToken(String token) {
        signalling.refreshToken(token);
    }

    void answer(Answer answer, LivekitRtc.SessionDescription description) {
        if (!negotiation.accepts(description.getId())) {
            return;
        }
        transport.answered(answer);
        publication.ifPresent(published -> published.answered(answer));
        subscriptions.answered(answer, description.getMidToTrackIdMap());
        Subscriptions.Changes tracks = subscriptions.resolve(roster::track);
        unsubscribed(tracks);
        subscribed(tracks);
        publish();
        negotiation.answered(description.getId()).ifPresent(this::offer);
    }

    void sectionsNeeded(int audio) {
        negotiation.sectionsNeeded(audio).ifPresent(this::offer);
    }

    void candidate(IceCandidate candidate) {
        transport.trickled(candidate);
    }

    void trackPublished(LivekitRtc.TrackPublishedResponse response) {
        publication.ifPresent(published -> published.published(response));
        publish();
    }

    void localTrackSubscribed(String trackSid) {
        listenerQueue.add(() -> listener.localTrackSubscribed(trackSid));
    }

    void requestAnswered(LivekitRtc.RequestResponse response) {
        requests.answered(response);
    }

    String logLabel() {
        return request.logLabel();
    }

    private void publish() {
        if (track.isPresent() || publication.isEmpty()) {
            return;
        }
        try {
            track = publication.get().track(transport);
        } catch (RtcException noCodec) {
            life.failed(noCodec);
        }
        if (track.isPresent()) {
            life.published();
        }
    }

    /** Tracks end before their participant does, and begin after it. */
    private void people(List<Roster.Change> changes) {
        Subscriptions.Changes tracks = subscriptions.resolve(roster::track);
        unsubscribed(tracks);
        for (Roster.Change change : changes) {
            listenerQueue.add(() -> {
                switch (change) {
                    case Roster.Change.Joined(RemoteParticipant who) -> listener.participantJoined(who);
                    case Roster.Change.Updated(RemoteParticipant who) -> listener.participantUpdated(who);
                    case Roster.Change.Left(RemoteParticipant who) -> listener.participantLeft(who);
                }
            });
        }
        subscribed(tracks);
    }

    private void subscribed(Subscriptions.Changes tracks) {
        tracks.added().forEach(track -> listenerQueue.add(() -> listener.trackSubscribed(track)));
    }

    private void unsubscribed(Subscriptions.Changes tracks) {
        tracks.removed().forEach(track -> listenerQueue.add(() -> listener.trackUnsubscribed(track)));
    }

    private void offer(Negotiation.NumberedOffer offer) {
        signalling.send(LivekitRtc.SignalRequest.newBuilder()
                .setOffer(ServerMessages.offer(offer.offer().toSdp(), offer.id())));
    }

    private void requireOpen() {
        if (life.isClosed()) {
            throw new RtcException(RtcException.Kind.CLOSED, "the room was left");
        }
    }

    private void cancelDeadline() {
        deadline.ifPresent(LoopTimer::cancel);
        deadline = Optional.empty();
    }

    /** @param last what the user is told; who waits for the end waits for that too */
    private void release(Runnable last) {
        cancelDeadline();
        reports.stop();
        reports.refresh();
        data.ifPresent(DataChannels::close);
        transport.close();
        requests.failAll(new RtcException(RtcException.Kind.CLOSED, "the room ended before the server answered"));
        CompletableFuture<Void> told = new CompletableFuture<>();
        listenerQueue.add(() -> {
            try {
                last.run();
            } finally {
                told.complete(null);
            }
        });
        signalling.leave(ServerMessages.leave())
                .toCompletableFuture()
                .completeOnTimeout(null, LEAVE_SECONDS, TimeUnit.SECONDS)
                .thenCombine(told, (left, done) -> left)
                .whenComplete((left, failure) -> {
                    whenReleased.accept(this);
                    released.complete(null);
                });
    }

    private final class LifeActions implements RoomLife.Actions {

        @Override
        public void joined() {
            cancelDeadline();
            reports.start(track);
            LOG.debugf("%s joined, codec %s", request.logLabel(), track.map(t -> t.codec().name()).orElse("none"));
            Room room = new JoinedRoom(RoomSession.this, loop);
            // Away from the loop, as what follows the join may wait.
            listenerQueue.add(() -> joined.complete(room));
        }

        @Override
        public void joinFailed(RtcException why) {
            LOG.debugf("%s join failed: %s", request.logLabel(), why.getMessage());
            release(() -> joined.completeExceptionally(why));
        }

        @Override
        public void reconnecting() {
            LOG.infof("%s connection lost, resuming", request.logLabel());
            deadline = Optional.of(loop.schedule(context.settings().resumeTimeout(), life::resumeTimeUp));
            listenerQueue.add(listener::reconnecting);
        }

        @Override
        public void reconnected() {
            LOG.infof("%s connection resumed", request.logLabel());
            cancelDeadline();
            listenerQueue.add(listener::reconnected);
        }

        @Override
        public void resumeSignalling(int attempt) {
            requests.failAll(new RtcException(RtcException.Kind.UNREACHABLE, "the connection was lost before the server answered"));
            signalling.drop();
            long pause = attempt == 1 ? 0
                    : Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt - 2, 10));
            loop.schedule(Duration.ofMillis(pause), () -> {
                if (life.state() instanceof RoomLife.State.Resuming(boolean signal, boolean media, int now)
                        && !signal && now == attempt) {
                    signalling.connect(
                            ServerMessages.resume(request.autoSubscribe(), info.localSid(), media
                                    ? LivekitModels.ReconnectReason.RR_SIGNAL_DISCONNECTED
                                    : LivekitModels.ReconnectReason.RR_PUBLISHER_FAILED),
                            context.settings().resumeTimeout());
                }
            });
        }

        @Override
        public void resynchronise(boolean restartIce) {
            LivekitRtc.SyncState.Builder state = LivekitRtc.SyncState.newBuilder()
                    .setSubscription(ServerMessages.subscription(List.of(), !request.autoSubscribe()));
            publication.flatMap(Publication::state).ifPresent(state::addPublishTracks);
            signalling.send(LivekitRtc.SignalRequest.newBuilder().setSyncState(state));
            offer(negotiation.afterResume(restartIce ? Optional.of(transport.restartIce()) : Optional.empty()));
        }

        @Override
        public void restartIce() {
            offer(negotiation.restart(transport.restartIce()));
        }

        @Override
        public void disconnected(DisconnectReason reason) {
            LOG.debugf("%s disconnected: %s", request.logLabel(), reason);
            release(() -> listener.disconnected(reason));
        }
    }

    private final class TransportEvents implements MediaTransport.Events {

        @Override
        public void mediaUp() {
            if (data.isEmpty()) {
                data = Optional.of(new DataChannels(
                        loop, transport, context.random(), request.logLabel(), RoomSession.this::dataReceived));
            }
            life.mediaUp();
        }

        @Override
        public void mediaLost() {
            LOG.infof("%s the server no longer answers on the media path", request.logLabel());
            life.mediaLost();
        }

        @Override
        public void mediaFailed(RtcException why) {
            life.failed(why);
        }

        @Override
        public boolean rtp(Datagram datagram) {
            return receiver.receive(datagram.rtp());
        }

        @Override
        public boolean rtcp(Datagram datagram) {
            return reports.received(datagram.buffer(), datagram.length());
        }

        @Override
        public void data(byte[] message) {
            data.ifPresent(channels -> channels.feed(message));
        }
    }

    private void dataReceived(LivekitModels.DataPacket packet, boolean reliable) {
        DataPackets.decode(packet, reliable).ifPresent(message -> {
            Optional<RemoteParticipant> sender = roster.find(packet.getParticipantSid(), packet.getParticipantIdentity());
            listenerQueue.add(() -> listener.dataReceived(sender, message));
        });
    }
}
