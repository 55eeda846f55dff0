package dev.trunkline.edge.dialog;

import dev.trunkline.events.CallId;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.message.MessageWriter;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.Optional;

/** Seals and opens the parts of an INVITE in {@code InviteReceived.sealedHead}. Thread-safe. */
public final class SealedHeads {
    /** Octets. A caller whose INVITE has more gets no response from the process that replaces this edge. */
    private static final int LONGEST = 4_096;

    private final Sealer sealer;

    public SealedHeads(Sealer sealer) {
        this.sealer = sealer;
    }

    /** @param localTag our tag in the dialog @return empty for an INVITE that came by a connection, or is too long */
    public Optional<String> seal(CallId call, SipRequest invite, String localTag) {
        if (invite.source().transport() != SipTransportKind.UDP) {
            return Optional.empty();
        }
        byte[] head = MessageWriter.answerable(invite, localTag);
        return head.length > LONGEST ? Optional.empty() : Optional.of(sealer.seal(call, head));
    }

    /** @throws dev.trunkline.events.privacy.SealBrokenException if it was sealed under another key or is damaged */
    public byte[] open(CallId call, String sealed) {
        return sealer.open(call, sealed);
    }
}
