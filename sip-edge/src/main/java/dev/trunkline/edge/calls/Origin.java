package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.dialog.Dialog;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a call came from.
 *
 * @param trunkId empty for a call that an earlier process took
 * @param address that its INVITE came from
 */
record Origin(Optional<String> trunkId, InetAddress address) {

    static Origin of(CallFacts facts) {
        return new Origin(Optional.of(facts.invite().trunk().id()), address(facts.dialog()));
    }

    static Origin of(Dialog dialog) {
        return new Origin(Optional.empty(), address(dialog));
    }

    private static InetAddress address(Dialog dialog) {
        return InetAddress.ofLiteral(dialog.sourceAddress());
    }
}
