package dev.trunkline.edge.dialog;

import dev.trunkline.sip.message.OutgoingRequest.Hop;
import dev.trunkline.sip.message.SipUri;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a request of ours goes if the dialog has no route set. By RFC 3261 it goes to the remote target. A phone behind
 * a NAT writes a private address there that we could never reach; the request then goes to where its INVITE came from.
 */
final class NextHop {
    private NextHop() {}

    /** @return empty if the remote target is to be used */
    static Optional<Hop> of(Dialog dialog) {
        return isPrivate(SipUri.parse(dialog.remoteTarget()).host()) && !isPrivate(dialog.sourceAddress())
                ? Optional.of(new Hop(dialog.sourceAddress(), dialog.sourcePort()))
                : Optional.empty();
    }

    /** False for a host name. */
    private static boolean isPrivate(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC)
                    || isCarrierGradeNat(address.getAddress());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** 100.64.0.0/10 (RFC 6598). */
    private static boolean isCarrierGradeNat(byte[] address) {
        return address.length == 4 && address[0] == 100 && (address[1] & 0xC0) == 64;
    }
}
