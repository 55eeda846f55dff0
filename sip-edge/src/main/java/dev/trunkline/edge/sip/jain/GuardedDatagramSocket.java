package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.DropReason;
import dev.trunkline.edge.sip.SourceGuard;
import dev.trunkline.edge.sip.jain.InvitePeek.Via;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A UDP socket that neither a stranger's packet nor the repetition of an INVITE that is being answered comes out of:
 * they are dropped before they are copied, queued or parsed.
 */
final class GuardedDatagramSocket extends DatagramSocket {
    private final SourceGuard guard;
    private final InvitesUnderWay invites;
    private final BooleanSupplier full;
    private final Consumer<DropReason> drops;

    /**
     * @param full whether nothing more can be read
     * @param drops told of what was dropped; what the guard does not let in is the guard's to count
     */
    GuardedDatagramSocket(
            int port,
            InetAddress address,
            SourceGuard guard,
            InvitesUnderWay invites,
            BooleanSupplier full,
            Consumer<DropReason> drops)
            throws SocketException {
        super(port, address);
        this.guard = guard;
        this.invites = invites;
        this.full = full;
        this.drops = drops;
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        int room = packet.getData().length;
        do {
            // The packet before it may have shortened the buffer's window.
            packet.setLength(room);
            super.receive(packet);
        } while (!guard.lets(packet.getAddress(), packet.getData(), packet.getOffset(), packet.getLength())
                || isDropped(packet));
        // The stack makes a buffer of the longest message for each packet and lets the packet wait in a queue: in a
        // flood those buffers would be most of the heap. What waits is as long as what came.
        packet.setData(Arrays.copyOfRange(
                packet.getData(), packet.getOffset(), packet.getOffset() + packet.getLength()));
    }

    private boolean isDropped(DatagramPacket packet) {
        if (full.getAsBoolean()) {
            drops.accept(DropReason.OVERLOAD);
            return true;
        }
        if (!InvitePeek.isInvite(packet.getData(), packet.getOffset(), packet.getLength())) {
            return false;
        }
        Optional<DropReason> reason = via(packet).flatMap(via -> invites.arrives(packet.getAddress(), via));
        reason.ifPresent(drops);
        return reason.isPresent();
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        super.send(packet);
        if (InvitePeek.isResponse(packet.getData(), packet.getOffset(), packet.getLength())) {
            via(packet).ifPresent(via -> invites.responded(packet.getAddress(), via));
        }
    }

    private static Optional<Via> via(DatagramPacket packet) {
        return InvitePeek.via(packet.getData(), packet.getOffset(), packet.getLength());
    }
}
