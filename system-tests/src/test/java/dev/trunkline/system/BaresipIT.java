package dev.trunkline.system;

import dev.trunkline.system.support.PeerPhone.Program;
import dev.trunkline.system.support.PeerPhone.Way;
import dev.trunkline.system.support.SuiteUnderTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** baresip as caller and as callee: it echoes what it hears, so the room hears its own tone where audio goes both ways. */
@Tag("long")
class BaresipIT extends PeerCalls {
    BaresipIT(SuiteUnderTest suite) throws Exception {
        super(suite, Program.BARESIP, 1_200,
                List.of(new Talk("PCMA", "pcma", Way.TCP), new Talk("opus", "opus", Way.TLS)),
                List.of(new Talk("G722/16000", "g722", Way.SRTP), new Talk("PCMU", "pcmu", Way.TLS), new Talk("opus", "opus", Way.UDP)),
                new Talk("PCMA", "pcma", Way.UDP));
    }

    @Test
    void whereTheFirstGatewayIsFullItIsCalledAndItFollowsOurReferThere() throws Exception {
        isCalledAndFollowsOurRefer();
    }
}
