package dev.trunkline.rtc.room;

import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RoomStats;
import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.signal.ServerMessages;
import dev.trunkline.rtc.signal.Signalling;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import livekit.LivekitModels;
import livekit.LivekitRtc;
import org.jboss.logging.Logger;

/**
 * One room: connects its lifecycle, signalling, negotiation, media and participants. {@link ServerEvents} interprets what the
 * server sends, {@link MediaEvents} what arrives on the media path; both call this class.
 */
public final class RoomSession {

    private static final Logger LOG = Logger.getLogger(RoomSession.class);

    /** Time for the last message to the server. */
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
    private final RoomPeople people;
    private final RoomData data;
    private final AudioReceiver receiver;
    private final Reports reports;
    private final Resumption resumption;
    private final PendingRequests requests;
    private final RoomFaults faults;

    private volatile RoomInfo info = RoomInfo.UNKNOWN;
    private volatile Optional<PublishedTrack> track = Optional.empty();
    private Optional<LoopTimer> deadline = Optional.empty();

    /** @param whenReleased is called once, when everything of the room has been released */
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
        this.listenerQueue = new ListenerQueue(context.waiting(), request.logLabel(), context.settings().faults());
        this.life = new RoomLife(request.publish().isPresent(), new LifeActions());
        this.faults = new RoomFaults(context.settings().faults(), life);
        this.people = new RoomPeople(listener, listenerQueue);
        this.data = new RoomData(people, listener, listenerQueue, loop, this::info, request.logLabel());
        this.receiver = new AudioReceiver(people.subscriptions(), listener);
        this.transport = new MediaTransport(loop, context, new MediaEvents(this, life));
        this.publication = request.publish().map(wanted -> new Publication(wanted, ssrc, cname, random));
        this.negotiation = new Negotiation(random.nextLong(Long.MAX_VALUE), context.identity().fingerprint(),
                transport.candidates(), publication.map(Publication::offered), transport.credentials());
        this.signalling = new Signalling(context.http(), request.serverUrl(), request.token(), loop,
                new ServerEvents(this, life), context.settings().faults());
        this.requests = new PendingRequests(signalling);
        this.reports = new Reports(loop, transport, people.subscriptions(), ssrc, cname, context.clock(), random,
                context.settings().rtcpInterval());
        this.resumption = new Resumption(
                loop, signalling, negotiation, transport, life, request, context.settings().resumeTimeout());
    }

    /** Begins to join. Any thread. */
    public CompletionStage<Room> join() {
        loop.execute(() -> {
            deadline = Optional.of(loop.schedule(
                    context.settings().joinTimeout(), () -> life.joinTimeUp(transport.iceSelected())));
            faults.joining(this::begin);
        });
        return joined;
    }

    private void begin() {
        transport.start();
        Negotiation.NumberedOffer first = negotiation.first();
        signalling.connect(
                ServerMessages.join(request.autoSubscribe(), request.attributes(),
                        ServerMessages.offer(first.offer().toSdp(), first.id()), publication.map(Publication::request)),
                context.settings().joinTimeout());
    }

    /** Leaves; completes when everything is released. Any thread. */
    public CompletionStage<Void> leave(DisconnectReason reason) {
        loop.execute(() -> life.left(reason));
        return released;
    }

    // Requests of the user.

    RoomInfo info() {
        return info;
    }

    Optional<LocalAudioTrack> audio() {
        return track.map(LocalAudioTrack.class::cast);
    }

    void setAttributes(Map<String, String> attributes, CompletableFuture<Void> done) {
        requireOpen();
        requests.setAttributes(attributes, done);
    }

    void setSubscribed(String trackSid, boolean subscribed, CompletableFuture<Void> done) {
        requireOpen();
        requests.setSubscribed(trackSid, subscribed);
        done.complete(null);
    }

    void sendData(DataMessage message, Set<String> destinations, CompletableFuture<Void> done) {
        requireOpen();
        data.send(message, destinations, info);
        done.complete(null);
    }

    void performRpc(
            String destination, String method, String payload, Duration responseTimeout, CompletableFuture<String> answer) {
        requireOpen();
        data.rpc().perform(destination, method, payload, responseTimeout, answer);
    }

    RoomStats stats() {
        return RoomStatsReader.read(track, receiver, reports, transport);
    }

    String describe() {
        return request.logLabel() + "\n" + transport.describePath();
    }

    // Messages of the server, from ServerEvents.

    void welcome(LivekitRtc.JoinResponse join) {
        info = info.with(join.getRoom()).with(join.getParticipant());
        people.ourselves(join.getParticipant());
        people.update(join.getOtherParticipantsList(), info.localSid());
        signalling.keepAlive(Duration.ofSeconds(Math.max(1, join.getPingInterval())),
                Duration.ofSeconds(Math.max(5, join.getPingTimeout())));
        resumption.awaitPath();
    }

    void room(LivekitModels.Room room) {
        String before = info.metadata();
        info = info.with(room);
        if (!before.equals(info.metadata())) {
            String metadata = info.metadata();
            listenerQueue.add(() -> listener.metadataChanged(metadata));
        }
    }

    RoomPeople people() {
        return people;
    }

    void movedTo(LivekitRtc.RoomMovedResponse moved) {
        signalling.refreshToken(moved.getToken());
        room(moved.getRoom());
        info = info.with(moved.getParticipant());
        people.ourselves(moved.getParticipant());
        people.replace(moved.getOtherParticipantsList(), info.localSid());
    }

    Signalling signalling() {
        return signalling;
    }

    void answer(Answer answer, LivekitRtc.SessionDescription description) {
        if (!negotiation.accepts(description.getId())) {
            return;
        }
        resumption.answered(answer);
        publication.ifPresent(published -> published.answered(answer));
        people.answered(answer, description.getMidToTrackIdMap());
        publish();
        negotiation.answered(description.getId()).ifPresent(resumption::offer);
    }

    void sectionsNeeded(int audio) {
        negotiation.sectionsNeeded(audio).ifPresent(resumption::offer);
    }

    MediaTransport transport() {
        return transport;
    }

    void trackPublished(LivekitRtc.TrackPublishedResponse response) {
        publication.ifPresent(published -> published.published(response));
        publish();
    }

    void localTrackSubscribed(String trackSid) {
        listenerQueue.add(() -> listener.localTrackSubscribed(trackSid));
    }

    void localTrackMuted(String trackSid, boolean muted) {
        listenerQueue.add(() -> listener.localTrackMuted(trackSid, muted));
    }

    PendingRequests requests() {
        return requests;
    }

    String logLabel() {
        return request.logLabel();
    }

    // Events of the media path, from MediaEvents.

    void startData() {
        data.start(loop, transport, context.random(), request.logLabel());
    }

    RoomData data() {
        return data;
    }

    AudioReceiver receiver() {
        return receiver;
    }

    Reports reports() {
        return reports;
    }

    RoomFaults faults() {
        return faults;
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

    private void requireOpen() {
        if (life.isClosed()) {
            throw new RtcException(RtcException.Kind.CLOSED, "the room was left");
        }
    }

    private void cancelDeadline() {
        deadline.ifPresent(LoopTimer::cancel);
        deadline = Optional.empty();
    }

    /** @param last the callback that tells the user; code that waits for the end also waits for it */
    private void release(Runnable last) {
        cancelDeadline();
        faults.releasing(resumption::stop, reports::stop, reports::refresh, data::close, transport::close,
                () -> requests.failAll(RtcException.Kind.CLOSED, "the room ended before the server answered"));
        CompletableFuture<Void> told = new CompletableFuture<>();
        listenerQueue.add(() -> {
            try {
                last.run();
            } finally {
                told.complete(null);
            }
        });
        faults.leaving(() -> signalling.leave(ServerMessages.leave()))
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
            // Outside the loop and the listener, because code that follows the join may block on either.
            context.waiting().execute(() -> joined.complete(room));
        }

        @Override
        public void joinFailed(RtcException why) {
            LOG.debugf("%s join failed: %s", request.logLabel(), why.getMessage());
            context.waiting().execute(() -> joined.completeExceptionally(why));
            release(() -> { });
        }

        @Override
        public void startMediaOver(Duration silence) {
            resumption.startOver(silence);
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
            requests.failAll(RtcException.Kind.UNREACHABLE, "the connection was lost before the server answered");
            resumption.resumeSignalling(attempt, info.localSid());
        }

        @Override
        public void resynchronise(boolean restartIce) {
            resumption.resynchronise(restartIce, publication.flatMap(Publication::state));
        }

        @Override
        public void restartIce() {
            resumption.restartIce();
        }

        @Override
        public void disconnected(DisconnectReason reason) {
            LOG.debugf("%s disconnected: %s", request.logLabel(), reason);
            release(() -> listener.disconnected(reason));
        }
    }
}
