package dev.trunkline.relay.rtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Decides from which source a call's RTP is taken (symmetric RTP, RFC 4961), so that nobody else can speak into it or
 * have it sent to himself.
 *
 * <pre>
 *             packet from the SDP's own address and port
 *   LEARNING ------------------------------------------------> LATCHED (takes no other source)
 *       |                                                         ^
 *       | a guest passes his probation                            | packet from the SDP's own address and port
 *       +-------------------> GUESSED (takes no other guest) -----+
 *
 *   every state --expect() another address--> LEARNING
 * </pre>
 *
 * A guest is a source other than the SDP's that may still be the phone:
 * <ul>
 * <li>the SDP's address with another port, or the address that the call was signalled from: it must send for a second
 *     while the SDP's own source is silent;
 * <li>anybody, where the SDP's address is private and not the one that the call was signalled from, or none at all: then
 *     the phone is behind NAT, and its packets are the only ones that can tell. A few in order suffice.
 * </ul>
 * Not thread-safe; allocates only when a guest appears.
 */
public final class SourceLatch {
    /** Packets in order of one source before a phone behind NAT is believed (RFC 3550 appendix A.1 asks for two). */
    static final int NAT_PROBATION = 4;
    /** The same where the SDP names a source that could be heard: a second of 20 ms packets. */
    static final int GUEST_PROBATION = 50;

    private enum State {
        LEARNING, GUESSED, LATCHED
    }

    private final Optional<InetAddress> signalledFrom;
    private State state = State.LEARNING;
    private Optional<InetAddress> expectedAddress = Optional.empty();
    private int expectedPort;
    private InetSocketAddress source;
    private Optional<InetSocketAddress> destination = Optional.empty();
    private InetSocketAddress guest;
    private long guestSsrc;
    private int guestSequence;
    private int guestPackets;

    /** @param signalledFrom packet source of the call's signalling, where it is known */
    public SourceLatch(Optional<InetAddress> signalledFrom) {
        this.signalledFrom = signalledFrom;
    }

    /** The phone said where it is; another address than before arms the latch again. */
    public void expect(Optional<InetAddress> address, int port) {
        boolean same = address.equals(expectedAddress) && port == expectedPort;
        if (same || address.isEmpty() && state != State.LEARNING) {
            // On hold the old way (address 0.0.0.0) the phone is still where it was.
            return;
        }
        expectedAddress = address;
        expectedPort = port;
        state = State.LEARNING;
        source = null;
        guest = null;
        destination = address.map(known -> new InetSocketAddress(known, port));
    }

    /**
     * Judges a packet whose form and payload type are right.
     *
     * @return whether it is the phone's
     */
    public boolean accepts(InetSocketAddress from, long ssrc, int sequence) {
        if (state != State.LEARNING && from.equals(source)) {
            return true;
        }
        if (state == State.LATCHED) {
            return false;
        }
        if (isExpected(from)) {
            latch(from, State.LATCHED);
            return true;
        }
        return state == State.LEARNING && passesProbation(from, ssrc, sequence);
    }

    private boolean isExpected(InetSocketAddress from) {
        return from.getPort() == expectedPort
                && expectedAddress.isPresent() && expectedAddress.get().equals(from.getAddress());
    }

    private boolean passesProbation(InetSocketAddress from, long ssrc, int sequence) {
        int probation = probation(from.getAddress());
        if (probation == 0) {
            return false;
        }
        boolean goesOn = from.equals(guest) && ssrc == guestSsrc && sequence == (guestSequence + 1 & 0xffff);
        if (!goesOn && guest != null && !from.equals(guest) && guestPackets > 1) {
            // The first guest keeps his place while he goes on; a second one only gets it when the first has stopped.
            guestPackets--;
            return false;
        }
        guest = from;
        guestSsrc = ssrc;
        guestSequence = sequence;
        guestPackets = goesOn ? guestPackets + 1 : 1;
        if (guestPackets < probation) {
            return false;
        }
        latch(from, State.GUESSED);
        return true;
    }

    private void latch(InetSocketAddress from, State to) {
        source = from;
        state = to;
        guest = null;
        destination = Optional.of(from);
    }

    /** @return packets that the guest must send, 0 if it cannot be the phone */
    private int probation(InetAddress from) {
        boolean bySignalling = signalledFrom.isPresent() && signalledFrom.get().equals(from);
        if (behindNat()) {
            return NAT_PROBATION;
        }
        boolean byMedia = expectedAddress.isPresent() && expectedAddress.get().equals(from);
        return byMedia || bySignalling ? GUEST_PROBATION : 0;
    }

    private boolean behindNat() {
        return expectedAddress.isEmpty()
                || isPrivate(expectedAddress.get()) && !expectedAddress.equals(signalledFrom);
    }

    /** RFC 1918, RFC 6598 (carrier-grade NAT), RFC 4193, link-local and loopback addresses. */
    static boolean isPrivate(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean carrierGrade = octets.length == 4 && octets[0] == 100 && (octets[1] & 0xc0) == 64;
        boolean uniqueLocal = octets.length == 16 && (octets[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress()
                || carrierGrade || uniqueLocal;
    }

    /** Whether a packet comes from the source that was learnt; learns nothing. */
    public boolean isSource(InetSocketAddress from) {
        return latched() && from.equals(source);
    }

    /** Whether the phone's source is known from its packets. */
    public boolean latched() {
        return state != State.LEARNING;
    }

    /** Whether RTCP from this address may be the phone's. */
    public boolean acceptsRtcp(InetAddress from) {
        return latched() ? source.getAddress().equals(from)
                : expectedAddress.map(from::equals).orElse(false)
                        || signalledFrom.map(from::equals).orElse(false);
    }

    /** Where to send: to the source that was learnt, before that to the SDP's; empty while neither is known. */
    public Optional<InetSocketAddress> destination() {
        return destination;
    }
}
