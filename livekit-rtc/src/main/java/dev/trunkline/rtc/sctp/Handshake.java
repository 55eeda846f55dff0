package dev.trunkline.rtc.sctp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Both sides of the four-way handshake (RFC 9260 section 5.1): in WebRTC both ends send INIT, and the two cross
 * (section 5.2.1).
 *
 * <pre>
 *  INIT      ------>
 *            <------ INIT ACK (cookie)
 *  COOKIE ECHO ---->
 *            <------ COOKIE ACK
 * </pre>
 *
 * <p>DTLS has authenticated the peer, so a stateless cookie would gain nothing: the cookie is a random identifier
 * of the last INIT that the peer sent.
 */
final class Handshake {
    private static final int COOKIE_BYTES = 32;
    private static final int MAX_STREAMS = 65_535;

    private final PacketBundler out;
    private final RandomGenerator random;
    private final InitParameters local;
    private final RetransmissionTimeout rto;
    private final int maxRetransmits;
    private final Timer timer = new Timer();
    private Optional<InitParameters> peerInit = Optional.empty();
    private byte[] cookie = new byte[0];
    /** The chunk that T1 resends: INIT, then COOKIE ECHO. */
    private Optional<Chunk> unanswered = Optional.empty();
    private int retransmits;

    Handshake(SctpSettings settings, PacketBundler out, RandomGenerator random, RetransmissionTimeout rto) {
        this.out = out;
        this.random = random;
        this.rto = rto;
        this.maxRetransmits = settings.maxInitRetransmits();
        int tag = 0;
        while (tag == 0) {
            tag = random.nextInt();
        }
        local = new InitParameters(tag, settings.receiveWindow(), MAX_STREAMS, MAX_STREAMS, random.nextInt(),
                true, true, new byte[0], List.of());
    }

    int localTag() {
        return local.tag();
    }

    int initialTsn() {
        return local.initialTsn();
    }

    /** T1-init and T1-cookie, which run one after the other. */
    Timer timer() {
        return timer;
    }

    void start(long now) {
        send(new Chunk.Init(local), now);
    }

    /** Answers with our own parameters, whichever INIT came first. */
    void onInit(InitParameters peer) {
        if (peerInit.filter(known -> known.tag() == peer.tag()).isEmpty()) {
            peerInit = Optional.of(peer);
            cookie = new byte[COOKIE_BYTES];
            random.nextBytes(cookie);
        }
        out.sendAlone(peer.tag(), new Chunk.InitAck(local.withCookie(cookie, peer.unrecognized())));
    }

    /** Echoes the cookie. */
    void onInitAck(InitParameters peer, long now) {
        out.tag(peer.tag());
        retransmits = 0;
        send(new Chunk.CookieEcho(peer.cookie()), now);
    }

    /** The peer's parameters that the cookie stands for, if the cookie is ours. */
    Optional<InitParameters> onCookieEcho(byte[] echoed) {
        return peerInit.filter(_ -> Arrays.equals(echoed, cookie));
    }

    void done() {
        unanswered = Optional.empty();
        timer.stop();
    }

    /** Resends; false if the limit of attempts is reached. */
    boolean onTimeout(long now) {
        if (++retransmits > maxRetransmits) {
            return false;
        }
        rto.backOff();
        unanswered.ifPresent(chunk -> send(chunk, now));
        return true;
    }

    private void send(Chunk chunk, long now) {
        unanswered = Optional.of(chunk);
        timer.start(now, rto.nanos());
        if (chunk instanceof Chunk.Init) {
            out.sendAlone(0, chunk); // the only packet without a tag (section 8.5.1)
        } else {
            out.add(chunk);
        }
    }
}
