package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A trunk whose calls must authenticate, from the operator's file to SIPp's answer to the challenge. */
@ExtendWith(SuiteExtension.class)
class CredentialsIT {
    private static final String ADDRESS = "127.0.0.9";
    /** The digest of sipp:trunkline:s3cret. SIPp 3.6 knows MD5 alone, and gives up if another algorithm is offered first. */
    private static final String DIRECTORY = """
            trunks:
              - name: login
                addresses: ["127.0.0.9"]
                country: BE
                users: [{username: sipp, ha1_md5: "%s"}]
            rules:
              - name: login
                organisation: demo
                trunks: [login]
                numbers: ["+3225550101"]
                type: individual
                room_prefix: login
                agents: [{name: demo, metadata: {scenario: echo}}]
                answer_policy: immediate
                patience_seconds: 20
            """;
    private static final String HA1 = "8a4742cf82d5552f809896b0fd3da232";

    private final SuiteUnderTest suite;

    CredentialsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aCallNeedsTheCredentialsOfItsTrunk() throws Exception {
        suite.apply(DIRECTORY.formatted(HA1));
        suite.awaitTrunkAt(ADDRESS);
        int before = suite.events().to(Numbers.IMMEDIATE).size();

        suite.sipp().run("digest", Numbers.IMMEDIATE, 1, "-i", ADDRESS, "-au", "sipp", "-ap", "s3cret");

        List<CallLog> calls = suite.events().to(Numbers.IMMEDIATE);
        assertThat(calls).as("the challenge was no call").hasSize(before + 1);
        CallEnded ended = calls.getLast().assertEnded(EndReason.CALLER_HUNG_UP);
        assertThat(ended.answered()).isTrue();
    }
}
