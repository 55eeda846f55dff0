package dev.trunkline.system;

import dev.trunkline.system.support.PeerPhone;
import dev.trunkline.system.support.PeerPhone.Program;
import dev.trunkline.system.support.PeerPhone.Way;
import dev.trunkline.system.support.SuiteUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** linphonec as caller and as callee; it accepts no TLS connections. */
class LinphonecIT extends PeerCalls {
    LinphonecIT(SuiteUnderTest suite) throws Exception {
        super(suite, Program.LINPHONE, PeerPhone.TONE,
                List.of(new Talk("PCMU/8000", "pcmu", Way.SRTP), new Talk("opus/48000", "opus", Way.TLS)),
                List.of(new Talk("opus/48000", "opus", Way.TCP), new Talk("G722/8000", "g722", Way.SRTP)),
                new Talk("PCMA/8000", "pcma", Way.UDP));
    }

    @Test
    void whereTheFirstGatewayIsFullItIsCalledAndItFollowsOurReferThere() throws Exception {
        isCalledAndFollowsOurRefer();
    }
}
