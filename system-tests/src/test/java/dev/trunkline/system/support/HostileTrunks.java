package dev.trunkline.system.support;

import java.io.IOException;

/** Two trunks besides the demo's, for those who misbehave; calls of either reach the demo's echo. */
public final class HostileTrunks {
    /** What is tried comes from here, so that what befalls its trunk is not what befalls the call beside it. */
    public static final String ADDRESS = "127.0.0.41";
    public static final String OTHER = "127.0.0.42";
    /** Nobody's. */
    public static final String STRANGER = "127.0.0.45";
    /** Answered at once, with an echo. */
    public static final String ECHO = "+3225551900";
    /** Rings for three seconds: its agent does not exist. */
    public static final String NOBODY = "+3225551901";
    /** Answered at once, and no agent comes. */
    public static final String ALONE = "+3225551902";

    /** The same, for offers by the hundred: nobody keeps their events. */
    public static final String OFFERS = "+3225551903";
    /** No organisation has it, and nobody keeps the events of calls to it. */
    public static final String UNKNOWN = "+3225551999";

    private static final String DIRECTORY = """
            organisations:
              - name: hostile
                caller_rate: {calls: 100000, window_seconds: 3600}
                numbers:
                  - {phone_number: "+3225551900", max_concurrent_calls: 1000}
                  - {phone_number: "+3225551901", max_concurrent_calls: 1000}
                  - {phone_number: "+3225551902", max_concurrent_calls: 1000}
                  - {phone_number: "+3225551903", max_concurrent_calls: 1000}
            trunks:
              - {name: hostile, addresses: ["127.0.0.41"], country: BE}
              - {name: hostile-other, addresses: ["127.0.0.42"], country: BE}
            rules:
              - {name: hostile-echo, organisation: hostile, trunks: [hostile, hostile-other, demo], numbers: ["+3225551900"],
                 type: individual, room_prefix: hostile, agents: [{name: demo, metadata: {scenario: echo}}],
                 answer_policy: immediate, patience_seconds: 20}
              - {name: hostile-nobody, organisation: hostile, trunks: [hostile, hostile-other, demo], numbers: ["+3225551901"],
                 type: individual, room_prefix: hostile-nobody, agents: [{name: nobody}], answer_policy: on-agent, patience_seconds: 3}
              - {name: hostile-alone, organisation: hostile, trunks: [hostile, hostile-other, demo], numbers: ["+3225551902", "+3225551903"],
                 type: individual, room_prefix: hostile-alone, agents: [{name: nobody}], answer_policy: immediate, patience_seconds: 3}
            """;

    private HostileTrunks() {}

    /** Tells the suite of them, and waits until the edge knows both. */
    public static void apply(SuiteUnderTest suite) throws IOException, InterruptedException {
        suite.events().leaveOut(OFFERS);
        suite.events().leaveOut(UNKNOWN);
        suite.apply(DIRECTORY);
        suite.awaitTrunkAt(ADDRESS);
        suite.awaitTrunkAt(OTHER);
    }
}
