package dev.trunkline.rtc.sctp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sending half: which fragment is sent when (RFC 9260 sections 6.1, 6.3 and 7.2), and which are not sent again
 * (RFC 3758).
 */
final class Transmitter {
    /** Limits what a SACK has to be compared with, whatever the windows permit. */
    private static final int MAX_IN_FLIGHT = 4_096;
    private static final int MISSES_TO_RETRANSMIT = 3;

    private final PendingMessages pending = new PendingMessages();
    private final InFlight inFlight = new InFlight();
    private final RetransmissionTimeout rto;
    private final CongestionWindow congestion;
    /** T3-rtx: the earliest outstanding fragment was not acknowledged in time. */
    private final Timer t3 = new Timer();
    private long nextTsn;
    private long acked;
    private long peerWindow;
    private boolean peerForgets;
    private long lastSent;
    /** Fast recovery lasts until this is acknowledged; the window shrinks once for all losses before it. */
    private long recoveryEnd;
    private boolean recovering;
    private boolean fastRetransmit;
    private boolean forwardDue;

    /** @param packetBytes user data that fits in one packet */
    Transmitter(int packetBytes, RetransmissionTimeout rto, int initialTsn) {
        this.rto = rto;
        congestion = new CongestionWindow(packetBytes);
        nextTsn = Serial.origin(initialTsn);
        acked = nextTsn - 1;
    }

    /** Applies the peer's parameters from the handshake. */
    void peer(InitParameters peer) {
        peerWindow = peer.window();
        peerForgets = peer.forwardTsn();
    }

    void queue(OutgoingMessage message) {
        pending.add(message);
    }

    PendingMessages pending() {
        return pending;
    }

    /** The last TSN that was assigned. */
    int lastTsn() {
        return (int) (nextTsn - 1);
    }

    /** Whether everything was delivered or abandoned. */
    boolean isIdle() {
        return pending.isEmpty() && inFlight.isEmpty();
    }

    Timer timer() {
        return t3;
    }

    void onSack(Chunk.Sack sack, long now) {
        long cumulative = Serial.tsn(acked, sack.cumulativeTsn());
        if (cumulative < acked || cumulative >= nextTsn) {
            return; // late, or for TSNs that were never sent
        }
        long before = inFlight.outstanding();
        boolean advanced = cumulative > acked;
        InFlight.Acked news = inFlight.acknowledge(cumulative, sack.gaps());
        acked = cumulative;
        news.sentAt().ifPresent(sentAt -> rto.measure(now - sentAt));
        recovering &= cumulative < recoveryEnd;
        countMisses(recovering && advanced ? news.highest() : news.highestNew(), now);
        if (advanced && !recovering) {
            congestion.acked(news.bytes(), before);
        }
        peerWindow = Math.max(0, sack.window() - inFlight.outstanding());
        forwardDue = forwardPoint() > acked;
        if (inFlight.isEmpty()) {
            t3.stop();
        } else if (advanced) {
            t3.start(now, rto.nanos());
        }
    }

    /** SHUTDOWN acknowledges cumulatively as well (section 9.2). */
    void onCumulative(int tsn, long now) {
        onSack(new Chunk.Sack(tsn, peerWindow + inFlight.outstanding(), List.of(), List.of()), now);
    }

    /** Section 7.2.4: a fragment is lost once later ones have been acknowledged for the third time. */
    private void countMisses(long highest, long now) {
        boolean lost = false;
        for (SentChunk chunk : inFlight) {
            if (chunk.tsn >= highest) {
                break;
            }
            if (chunk.state == SentChunk.State.OUTSTANDING
                    && ++chunk.misses >= MISSES_TO_RETRANSMIT && !chunk.fastRetransmitted) {
                chunk.fastRetransmitted = true;
                lose(chunk, now);
                lost = true;
            }
        }
        if (lost) {
            fastRetransmit = true;
            if (!recovering) {
                congestion.lost();
                recovering = true;
                recoveryEnd = nextTsn - 1;
            }
        }
    }

    /** Section 6.3.3: nothing was acknowledged in time. */
    void onTimeout(long now) {
        rto.backOff();
        congestion.timedOut();
        recovering = false;
        for (SentChunk chunk : inFlight) {
            if (chunk.state == SentChunk.State.OUTSTANDING) {
                chunk.misses = 0;
                chunk.fastRetransmitted = false;
                lose(chunk, now);
            }
        }
        forwardDue = forwardPoint() > acked;
    }

    private void lose(SentChunk chunk, long now) {
        if (chunk.state != SentChunk.State.OUTSTANDING) {
            return; // its message has just been abandoned
        }
        inFlight.become(chunk, SentChunk.State.LOST);
        if (peerForgets && !chunk.message.mayRetransmit(chunk.transmissions, now)) {
            abandon(chunk.message);
        }
    }

    /** No fragment of the message is sent again (RFC 3758 section 3.5, A3). */
    private void abandon(OutgoingMessage message) {
        message.abandon();
        for (SentChunk chunk : inFlight) {
            if (chunk.message == message) {
                inFlight.become(chunk, SentChunk.State.ABANDONED);
            }
        }
    }

    /** Sends what the windows permit: lost fragments first, then new ones. */
    void fill(PacketBundler out, long now) {
        if (forwardDue) {
            forwardDue = false;
            out.add(forwardTsn());
            arm(now);
        }
        retransmit(out, now);
        while (inFlight.size() < MAX_IN_FLIGHT) {
            OutgoingMessage message = pending.head(now).orElse(null);
            if (message == null) {
                return;
            }
            if (inFlight.outstanding() == 0) {
                decayWindow(now);
            }
            int length = Math.min(message.unsent(), out.mostPayload());
            // With nothing in flight, one fragment probes a closed window (section 6.1, A).
            boolean shut = length > peerWindow && inFlight.outstanding() > 0;
            if (shut || inFlight.outstanding() >= congestion.bytes()) {
                return;
            }
            int offset = message.sent();
            pending.sent(message, length);
            SentChunk chunk = new SentChunk(nextTsn++, message, offset, length, now);
            inFlight.add(chunk);
            send(chunk, out, now);
        }
    }

    private void retransmit(PacketBundler out, long now) {
        boolean free = fastRetransmit; // one packet, regardless of the window (section 7.2.4)
        fastRetransmit = false;
        for (SentChunk chunk : inFlight) {
            if (chunk.state != SentChunk.State.LOST) {
                continue;
            }
            free &= out.fits(chunk.length) || inFlight.outstanding() == 0;
            if (!free && inFlight.outstanding() >= congestion.bytes()) {
                return;
            }
            chunk.transmissions++;
            chunk.sentAt = now;
            inFlight.become(chunk, SentChunk.State.OUTSTANDING);
            send(chunk, out, now);
        }
    }

    private void send(SentChunk chunk, PacketBundler out, long now) {
        out.add(chunk.toChunk());
        peerWindow = Math.max(0, peerWindow - chunk.length);
        lastSent = now;
        arm(now);
    }

    private void arm(long now) {
        if (!t3.isRunning()) {
            t3.start(now, rto.nanos());
        }
    }

    private void decayWindow(long now) {
        long idle = now - lastSent;
        for (long passed = rto.nanos(); passed < idle && congestion.idle(); passed += rto.nanos()) {
            lastSent = now;
        }
    }

    /** How far the peer may advance: past all abandoned fragments directly after its cumulative TSN. */
    private long forwardPoint() {
        long point = acked;
        for (SentChunk chunk : inFlight) {
            if (chunk.state != SentChunk.State.ABANDONED) {
                break;
            }
            point = chunk.tsn;
        }
        return point;
    }

    private Chunk forwardTsn() {
        Map<Integer, Chunk.ForwardTsn.Skip> skips = new LinkedHashMap<>();
        long point = acked;
        for (SentChunk chunk : inFlight) {
            if (chunk.state != SentChunk.State.ABANDONED) {
                break;
            }
            point = chunk.tsn;
            OutgoingMessage message = chunk.message;
            if (message.ordered) {
                skips.put(message.streamId, new Chunk.ForwardTsn.Skip(message.streamId, message.ssn()));
            }
        }
        return new Chunk.ForwardTsn((int) point, skips.values().stream().toList());
    }
}
