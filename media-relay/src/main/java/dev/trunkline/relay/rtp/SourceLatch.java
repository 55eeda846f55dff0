package dev.trunkline.relay.rtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Decides from which source a call's RTP is accepted (symmetric RTP, RFC 4961), so that nobody else can speak into the call or
 * redirect its audio.
 *
 * <pre>
 *   UNANSWERED --answered()--> LEARNING --a source that may be the phone's--> LATCHED (takes no other source)
 *                                 ^                                              |  ^
 *                                 +----------expect() another address------------+  +-- one that is surer takes over
 * </pre>
 *
 * Before the answer nothing is learnt: until then only the caller's side knows that there is a call. Packets from the SDP's own address and
 * port are accepted nevertheless, because nothing has to be learnt for them, and the phone learns of the answer sooner than the relay
 * does. Sources, in order of decreasing trust:
 * <ol>
 * <li>the SDP's own address and port: accepted at once;
 * <li>the SDP's own address with another port, because SDP says where a phone listens and not where it sends from; and behind NAT
 *     (the SDP's address is private and not the one that the call was signalled from, or there is none) the address that the
 *     call was signalled from, with any port: a few packets in order;
 * <li>the address that the call was signalled from, if the SDP's address is itself reachable: it must send for a second
 *     while the SDP's address is silent;
 * <li>any address, if the trunk's setting allows it: a few packets in order behind NAT, else for a second.
 * </ol>
 * A phone whose NAT rebinds it sends from another port, or another address, in the middle of its stream. It is followed
 * ({@link StreamTrace}) if the learnt source is silent and the same SSRC continues where that source stopped: to another port of the
 * same address, to an address that could have been learnt above, and to any address if the phone's key authenticates the packets (SRTP).
 * Without that key, a distant sender that continues the stream is an eavesdropper.
 *
 * Not thread-safe; allocates only when a guest appears.
 */
public final class SourceLatch {
    /** Packets in order before a source that is likely the phone's is accepted (RFC 3550 appendix A.1 asks for two). */
    static final int FEW = 3;
    /** The same if the SDP names a reachable source: a second of 20 ms packets. */
    static final int A_SECOND = 50;

    /** How certain it is that a source is the phone's, in increasing order. */
    private enum Trust {
        NONE, ANYWHERE, SIGNALLING, LIKELY, EXACT
    }

    private final TrustedSources trusted;
    private boolean answered;
    private Optional<InetAddress> expectedAddress = Optional.empty();
    private int expectedPort;
    /** Trust in the learnt source; NONE while there is none. */
    private Trust trust = Trust.NONE;
    private InetSocketAddress source;
    private Optional<InetSocketAddress> destination = Optional.empty();
    private InetSocketAddress guest;
    private long guestSsrc;
    private int guestSequence;
    private int guestPackets;
    private final StreamTrace trace = new StreamTrace();
    private int moves;

    public SourceLatch(TrustedSources trusted) {
        this.trusted = trusted;
    }

    /** The call was answered: sources are learnt from now on. */
    public void answered() {
        answered = true;
    }

    /** The phone said where it is; an address other than the previous one restarts learning. */
    public void expect(Optional<InetAddress> address, int port) {
        boolean same = address.equals(expectedAddress) && port == expectedPort;
        if (same || address.isEmpty() && latched()) {
            // When the phone is put on hold the old way (address 0.0.0.0), it is still where it was.
            return;
        }
        expectedAddress = address;
        expectedPort = port;
        trust = Trust.NONE;
        source = null;
        guest = null;
        destination = address.map(known -> new InetSocketAddress(known, port));
    }

    /**
     * Judges a packet whose form and payload type are right.
     *
     * @param nowNanos monotonic
     * @param authentic whether the phone's key authenticates it
     * @return whether it is the phone's
     */
    public boolean accepts(InetSocketAddress from, long ssrc, int sequence, long nowNanos, boolean authentic) {
        if (isSource(from)) {
            trace.heard(ssrc, sequence, nowNanos);
            return true;
        }
        boolean its = mayBeIts(from, ssrc, sequence, nowNanos, authentic);
        if (its) {
            trace.heard(ssrc, sequence, nowNanos);
        }
        return its;
    }

    private boolean mayBeIts(InetSocketAddress from, long ssrc, int sequence, long nowNanos, boolean authentic) {
        Trust of = trust(from);
        if (answered && latched() && (authentic || of != Trust.NONE || from.getAddress().equals(source.getAddress()))
                && trace.goesOn(from, ssrc, sequence, nowNanos)) {
            moves++;
            source = from;
            trust = of == Trust.NONE ? Trust.ANYWHERE : of;
            guest = null;
            destination = Optional.of(from);
            return true;
        }
        if (!answered) {
            return of == Trust.EXACT;
        }
        if (of.compareTo(trust) <= 0 || of != Trust.EXACT && !passesProbation(from, of, ssrc, sequence)) {
            return false;
        }
        source = from;
        trust = of;
        guest = null;
        destination = Optional.of(from);
        return true;
    }

    private Trust trust(InetSocketAddress from) {
        if (isSdps(from.getAddress())) {
            return from.getPort() == expectedPort ? Trust.EXACT : Trust.LIKELY;
        }
        if (isSignallings(from.getAddress())) {
            return behindNat() ? Trust.LIKELY : Trust.SIGNALLING;
        }
        return trusted.anywhere() ? Trust.ANYWHERE : Trust.NONE;
    }

    private boolean passesProbation(InetSocketAddress from, Trust of, long ssrc, int sequence) {
        boolean goesOn = from.equals(guest) && ssrc == guestSsrc && sequence == (guestSequence + 1 & 0xffff);
        if (!goesOn && guest != null && !from.equals(guest) && guestPackets > 1 && of.compareTo(trust(guest)) <= 0) {
            // The first guest keeps its place while it continues; a second one that is no more trusted gets it only when the first has
            // stopped.
            guestPackets--;
            return false;
        }
        guest = from;
        guestSsrc = ssrc;
        guestSequence = sequence;
        guestPackets = goesOn ? guestPackets + 1 : 1;
        return guestPackets >= (of == Trust.LIKELY || of == Trust.ANYWHERE && behindNat() ? FEW : A_SECOND);
    }

    private boolean behindNat() {
        return expectedAddress.isEmpty()
                || isPrivate(expectedAddress.get()) && !expectedAddress.equals(trusted.signalledFrom());
    }

    private boolean isSdps(InetAddress address) {
        return expectedAddress.isPresent() && expectedAddress.get().equals(address);
    }

    private boolean isSignallings(InetAddress address) {
        return trusted.signalledFrom().isPresent() && trusted.signalledFrom().get().equals(address);
    }

    /** RFC 1918, RFC 6598 (carrier-grade NAT), RFC 4193, link-local and loopback addresses. */
    static boolean isPrivate(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean carrierGrade = octets.length == 4 && octets[0] == 100 && (octets[1] & 0xc0) == 64;
        boolean uniqueLocal = octets.length == 16 && (octets[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress()
                || carrierGrade || uniqueLocal;
    }

    /** Returns whether a packet comes from the learnt source; learns nothing. */
    public boolean isSource(InetSocketAddress from) {
        // The JDK returns the same object for the same sender, so this is almost always one comparison.
        return latched() && (from == source || from.equals(source));
    }

    /** Returns how often the phone's stream has moved to another source without signalling. */
    int moves() {
        return moves;
    }

    /** Returns whether the phone's source is known from its packets. */
    public boolean latched() {
        return trust != Trust.NONE;
    }

    /**
     * Returns whether RTCP from here may be the phone's: from its RTP's address or, before any came, from an address its RTP may come from.
     */
    boolean mayBePhone(InetAddress from) {
        return latched() ? source.getAddress().equals(from)
                : answered && (isSdps(from) || behindNat() && isSignallings(from));
    }

    /** Returns where to send: to the learnt source, before that to the SDP's; empty while neither is known. */
    public Optional<InetSocketAddress> destination() {
        return destination;
    }
}
