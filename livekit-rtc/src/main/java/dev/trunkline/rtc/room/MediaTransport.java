package dev.trunkline.rtc.room;

import static dev.trunkline.rtc.room.PacketPath.step;

import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.dtls.DtlsSession;
import dev.trunkline.rtc.dtls.SrtpKeys;
import dev.trunkline.rtc.ice.IceAgent;
import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.ice.IceCredentials;
import dev.trunkline.rtc.ice.IceOutput;
import dev.trunkline.rtc.loop.LoopDeadline;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A room's one UDP socket with ICE, DTLS and SRTP on it, and the path that its packets take.
 *
 * <pre>
 *               .--started over: another socket--.
 *               v                                |
 *   gathered --answer--> ICE checking --silence--'
 *                          |
 *                          '--selected--> DTLS handshake --keys--> up
 *                                                                  |  ^
 *                                             consent lost --------'  '-- ICE restarted, selected again
 * </pre>
 */
final class MediaTransport {

    /** Reports what happens to the transport, on the loop. */
    interface Events {

        /** Media can flow, for the first time or again. */
        void mediaUp();

        /** Consent was lost; only {@link #restartIce()} can help. */
        void mediaLost();

        /** The handshake failed; the transport cannot be used. */
        void mediaFailed(RtcException why);

        /** A decrypted RTP packet. @return false if nothing uses it */
        boolean rtp(Datagram datagram);

        /** A decrypted RTCP packet. @return false if it is malformed */
        boolean rtcp(Datagram datagram);

        /** A message of the data channels' association. */
        void data(byte[] message);

        /** Processing a packet threw; the packet is skipped. */
        void packetFailed(Throwable fault);
    }

    private static final String FROM_SERVER = "from the server";
    private static final String DECRYPT = "decrypt";
    private static final String PARSE = "parse";
    private static final String DELIVER = "deliver";
    private static final String REPORTS = "reports";
    private static final String KNOWN = "known";

    private final MediaLoop loop;
    private final LocalAddresses addresses;
    private final SecureRandom random;
    private final Duration consentTimeout;
    private final Duration handshakeTimeout;
    private final Executor waiting;
    private final Events events;
    private final MediaSocket socket;
    private final DtlsSession dtls;
    private final Datagram datagram = new Datagram();
    private final PacketPath path;

    private LoopDeadline iceTimer;
    private IceCredentials credentials;
    private IceAgent ice;
    private Optional<InetSocketAddress> remote = Optional.empty();
    private InetSocketAddress lastSender = new InetSocketAddress(0);
    private Optional<SrtpSession> srtp = Optional.empty();
    private String peerFingerprint = "";
    private boolean handshaking;
    private boolean closed;

    /** Opens the socket; {@link #start()} puts it on the loop. */
    MediaTransport(MediaLoop loop, RtcContext context, Events events) {
        this.loop = loop;
        this.addresses = LocalAddresses.of(context.settings().bindAddress());
        this.random = context.random();
        this.consentTimeout = context.settings().consentTimeout();
        this.handshakeTimeout = context.settings().joinTimeout();
        this.waiting = context.waiting();
        this.events = events;
        this.dtls = new DtlsSession(context.identity(), message -> loop.execute(() -> sendRaw(message)));
        this.credentials = IceCredentials.create(random);
        this.ice = newAgent();
        this.path = declarePath();
        this.socket = new MediaSocket(loop, addresses, this::received);
    }

    private void received(InetSocketAddress from, byte[] buffer, int length) {
        try {
            path.process(datagram.of(from, buffer, length));
        } catch (Throwable fault) {
            events.packetFailed(fault);
        }
    }

    /** The complete path of a received packet, top to bottom. */
    private PacketPath declarePath() {
        return new PacketPath()
                .on(Datagram.Kind.STUN,
                        step("connectivity checks", this::takeStun))
                .on(Datagram.Kind.DTLS,
                        step(FROM_SERVER, this::isFromServer),
                        step("handshake and data channels", this::takeDtls))
                .on(Datagram.Kind.RTP,
                        step(FROM_SERVER, this::isFromServer),
                        step(DECRYPT, d -> srtp.isPresent() && d.shorten(srtp.get().unprotectRtp(d.buffer(), d.length()))),
                        step(PARSE, d -> d.rtp().wrap(d.buffer(), d.length())),
                        step(DELIVER, events::rtp))
                .on(Datagram.Kind.RTCP,
                        step(FROM_SERVER, this::isFromServer),
                        step(DECRYPT, d -> srtp.isPresent() && d.shorten(srtp.get().unprotectRtcp(d.buffer(), d.length()))),
                        step(REPORTS, events::rtcp))
                .on(Datagram.Kind.OTHER,
                        step(KNOWN, d -> false));
    }

    /** Our host candidates. */
    List<IceCandidate> candidates() {
        return socket.candidates();
    }

    IceCredentials credentials() {
        return credentials;
    }

    /** From now on packets are received. On the loop. */
    void start() {
        iceTimer = new LoopDeadline(loop, System::nanoTime, this::iceTimeout);
        socket.start();
    }

    /**
     * The server may restart ICE without being asked: pion treats an offer that arrives before it has begun to check as a
     * restart, which can happen to the second offer of a join if the server is busy. Our credentials are kept then.
     *
     * @return whether this begins a new generation of ICE
     */
    boolean answered(Answer answer) {
        peerFingerprint = answer.fingerprint();
        if (ice.isPast(answer.credentials())) {
            ice = newAgent();
        }
        boolean begins = !ice.isChecking();
        ice.remote(answer.credentials());
        answer.candidates().forEach(ice::add);
        armIce();
        return begins;
    }

    void trickled(IceCandidate candidate) {
        ice.add(candidate);
        armIce();
    }

    /** Begins a new generation of ICE; packets take the old path until it has found one. @return the credentials to offer */
    IceCredentials restartIce() {
        credentials = IceCredentials.create(random);
        ice = newAgent();
        return credentials;
    }

    /** As {@link #restartIce}, from a new socket on another port, because a device on the path may hold wrong state for this one. */
    IceCredentials startOver() {
        socket.replace();
        return restartIce();
    }

    boolean isUp() {
        return srtp.isPresent() && remote.isPresent();
    }

    boolean iceSelected() {
        return remote.isPresent();
    }

    Optional<Duration> roundTrip() {
        return ice.roundTrip();
    }

    /** Encrypts in place; the buffer needs {@link SrtpSession#TAIL} octets after the packet. */
    boolean sendRtp(byte[] packet, int length) {
        requireLoop();
        return isUp() && sendProtected(packet, srtp.get().protectRtp(packet, length));
    }

    /** As {@link #sendRtp}. */
    boolean sendRtcp(byte[] packet, int length) {
        return isUp() && sendProtected(packet, srtp.get().protectRtcp(packet, length));
    }

    private boolean sendProtected(byte[] packet, int length) {
        return length > 0 && socket.send(remote.get(), packet, length);
    }

    boolean sendData(byte[] message) {
        return dtls.send(message);
    }

    long foreign() {
        return path.dropped(FROM_SERVER) + path.dropped(KNOWN);
    }

    long undecrypted() {
        return path.dropped(DECRYPT);
    }

    long malformed() {
        return path.dropped(PARSE) + path.dropped(REPORTS);
    }

    long undelivered() {
        return path.dropped(DELIVER);
    }

    /** Describes what ICE has done, for people. */
    String describeIce() {
        return "local port " + socket.port() + ", " + ice;
    }

    /** The path with its counters, for people. */
    String describePath() {
        return path.toString();
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            // The alert is sent first: closing is queued behind it on the loop.
            dtls.close();
        } finally {
            if (iceTimer != null) {
                iceTimer.close();
            }
            loop.execute(socket::close);
        }
    }

    private boolean takeStun(Datagram d) {
        try {
            ice.onPacket(d.from(), d.buffer(), d.length());
        } finally {
            armIce();
        }
        return true;
    }

    private boolean takeDtls(Datagram d) {
        return dtls.feed(d.buffer(), d.length(), events::data);
    }

    /** The JDK returns the same address object for the same sender, so this is nearly always one comparison. */
    private boolean isFromServer(Datagram d) {
        if (d.from() == lastSender) {
            return true;
        }
        boolean known = ice.knows(d.from()) || remote.filter(d.from()::equals).isPresent();
        if (known) {
            lastSender = d.from();
        }
        return known;
    }

    private IceAgent newAgent() {
        return new IceAgent(credentials, System::nanoTime, random, consentTimeout, addresses.reachable(), new IceOutput() {
            @Override
            public void send(InetSocketAddress to, byte[] packet) {
                if (!closed) {
                    socket.send(to, packet, packet.length);
                }
            }

            @Override
            public void selected(InetSocketAddress selected) {
                remote = Optional.of(selected);
                lastSender = selected;
                if (srtp.isPresent()) {
                    events.mediaUp();
                } else if (!handshaking) {
                    handshaking = true;
                    waiting.execute(MediaTransport.this::handshake);
                }
            }

            @Override
            public void consentLost() {
                remote = Optional.empty();
                events.mediaLost();
            }
        });
    }

    private void iceTimeout() {
        ice.onTimer();
        armIce();
    }

    private void armIce() {
        iceTimer.arm(ice.nextTimeout());
    }

    /** Runs on a virtual thread, which ends with it. */
    private void handshake() {
        try {
            SrtpKeys keys = dtls.handshake(peerFingerprint, handshakeTimeout);
            SrtpSession session = new SrtpSession(keys);
            loop.execute(() -> secured(session));
        } catch (Throwable e) {
            // An IOException if the handshake failed; after any other fault, too, nobody may be left waiting for its end.
            loop.execute(() -> {
                if (!closed) {
                    events.mediaFailed(new RtcException(
                            RtcException.Kind.DTLS_FAILED, "the DTLS handshake failed: " + e.getMessage(), e));
                }
            });
        }
    }

    private void secured(SrtpSession session) {
        if (!closed) {
            srtp = Optional.of(session);
            events.mediaUp();
            dtls.drain(events::data);
        }
    }

    private void sendRaw(byte[] message) {
        if (!socket.isOpen() || remote.isEmpty()) {
            return;
        }
        socket.send(remote.get(), message, message.length);
    }

    private void requireLoop() {
        if (!loop.inLoop()) {
            throw new IllegalStateException("packets may only be sent on the room's media loop: use Room.loop().execute");
        }
    }
}
