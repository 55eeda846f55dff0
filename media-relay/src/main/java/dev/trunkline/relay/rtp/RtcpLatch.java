package dev.trunkline.relay.rtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Decides from which source a call's RTCP is accepted, and where ours goes: the first address and port that a report came from,
 * at the address of the call's RTP, and no other after that. When the RTP moves to another address, the source is learnt again. Not
 * thread-safe; allocates only when a source is learnt.
 */
public final class RtcpLatch {
    private final SourceLatch rtp;
    private Optional<InetSocketAddress> source = Optional.empty();
    /** Moves of the RTP at the time when the source was learnt: a NAT that rebinds one rebinds the other. */
    private int moves;

    public RtcpLatch(SourceLatch rtp) {
        this.rtp = rtp;
    }

    /** Returns whether a packet from there may be the phone's; learns nothing. */
    public boolean accepts(InetSocketAddress from) {
        return known() ? from.equals(source.get()) : rtp.mayBePhone(from.getAddress());
    }

    /** Learns the source of a packet that was accepted and is well-formed: it is the phone's. */
    public void learn(InetSocketAddress from) {
        if (!known()) {
            source = Optional.of(from);
            moves = rtp.moves();
        }
    }

    private boolean known() {
        return source.isPresent() && moves == rtp.moves() && rtp.mayBePhone(source.get().getAddress());
    }

    /**
     * @param agreedPort the phone's RTCP port by its description
     * @return where its RTCP came from; before any came, the agreed port at the address where its RTP comes from
     */
    public Optional<InetSocketAddress> destination(int agreedPort) {
        if (known()) {
            return source;
        }
        Optional<InetAddress> address = rtp.destination().map(InetSocketAddress::getAddress);
        return address.map(at -> new InetSocketAddress(at, agreedPort));
    }
}
