package dev.trunkline.system.support;

import java.io.IOException;

/** Two trunks in addition to the demo's, for misbehaving senders; calls from either reach the demo's echo. */
public final class HostileTrunks {
    /** Attacks come from here, so that what happens to this trunk does not affect the call beside it. */
    public static final String ADDRESS = "127.0.0.41";
    public static final String OTHER = "127.0.0.42";
    /** An address that belongs to no trunk. */
    public static final String STRANGER = "127.0.0.45";
    /** A number that is answered at once, with an echo. */
    public static final String ECHO = "+3225551900";
    /** A number that rings for three seconds, because its agent does not exist. */
    public static final String NOBODY = "+3225551901";
    /** A number that is answered at once, but no agent comes. */
    public static final String ALONE = "+3225551902";

    /** The same, for hundreds of offers: their events are not kept. */
    public static final String OFFERS = "+3225551903";
    /** A number that no organisation has; the events of calls to it are not kept. */
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

    /** Adds them to the suite's directory, and waits until the edge knows both. */
    public static void apply(SuiteUnderTest suite) throws IOException, InterruptedException {
        suite.events().leaveOut(OFFERS);
        suite.events().leaveOut(UNKNOWN);
        suite.apply(DIRECTORY);
        suite.awaitTrunkAt(ADDRESS);
        suite.awaitTrunkAt(OTHER);
    }
}
