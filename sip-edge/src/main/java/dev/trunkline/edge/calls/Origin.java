package dev.trunkline.edge.calls;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a call came from.
 *
 * @param trunkId empty for a call that an older edge took
 * @param address from which its INVITE came
 * @param transport by which its INVITE came
 */
record Origin(Optional<String> trunkId, InetAddress address, SipTransportKind transport) {

    static Origin of(Dialog dialog) {
        return new Origin(dialog.trunk(), InetAddress.ofLiteral(dialog.sourceAddress()), dialog.transport());
    }
}
