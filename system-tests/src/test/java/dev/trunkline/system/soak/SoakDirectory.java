package dev.trunkline.system.soak;

import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The numbers, trunks and called phones of a soak: data of its own, whose limits are in no caller's way. */
final class SoakDirectory implements AutoCloseable {
    /** The prefix of the names of its rooms. */
    static final String ROOMS = "soak";
    /** Answered at once, with an echo. */
    static final String ECHO = "+3225552600";
    /** Answered when the agent is there, with an echo. */
    static final String ON_AGENT = "+3225552601";
    /** Rings for 20 s, because its agent does not exist. */
    static final String RINGS = "+3225552602";
    /** Rings for 3 s, for the same reason. */
    static final String NOBODY = "+3225552603";
    /** Takes one call at a time. */
    static final String BUSY = "+3225552604";
    /** Forwarded to the desk's phone. */
    static final String DESK = "+3225552605";
    /** A number that no organisation has. */
    static final String UNKNOWN = "+3225552699";
    /** Damaged messages come from here; what happens to this trunk does not affect the callers'. */
    static final String HOSTILE = "127.0.0.46";
    /** An address that belongs to no trunk. */
    static final String STRANGER = "127.0.0.47";

    static final String DESK_TRUNK = "soak-desk";
    static final String ENGAGED_TRUNK = "soak-engaged";

    /** After this, whoever answered at the desk hangs up. */
    static final Duration DESK_TALKS = Duration.ofSeconds(25);

    private static final String ADDRESS = "127.0.0.1";
    private static final int DESK_PORT = 19_130;
    private static final int ENGAGED_PORT = 19_131;

    private final List<AnsweringPhone> phones = new ArrayList<>();

    private SoakDirectory() {}

    /** Applies the directory and opens the called phones; returns when the edge has found both. */
    static SoakDirectory open(SuiteUnderTest suite) throws Exception {
        SoakDirectory directory = new SoakDirectory();
        try {
            directory.phones.add(AnsweringPhone.open(
                    PhoneSettings.answering(ADDRESS, DESK_PORT), Answering.after(Duration.ofMillis(400)).talkingFor(DESK_TALKS)));
            directory.phones.add(AnsweringPhone.open(PhoneSettings.answering(ADDRESS, ENGAGED_PORT), Answering.refusing(486, Duration.ofMillis(200))));
            suite.apply(yaml());
            suite.awaitTrunkAt(HOSTILE);
            CalledPhone.awaitUp(suite, DESK_TRUNK);
            CalledPhone.awaitUp(suite, ENGAGED_TRUNK);
            return directory;
        } catch (Exception | AssertionError e) {
            directory.close();
            throw e;
        }
    }

    /** The caller's window is short, so that Redis forgets callers while the soak still runs. */
    private static String yaml() {
        return """
                organisations:
                  - name: soak
                    caller_rate: {calls: 100000, window_seconds: 60}
                    config: {calls_out: {max_concurrent: 1000, max_per_hour: 100000}}
                    numbers:
                      - {phone_number: "%1$s", max_concurrent_calls: 1000}
                      - {phone_number: "%2$s", max_concurrent_calls: 1000}
                      - {phone_number: "%3$s", max_concurrent_calls: 1000}
                      - {phone_number: "%4$s", max_concurrent_calls: 1000}
                      - {phone_number: "%5$s", max_concurrent_calls: 1}
                      - {phone_number: "%6$s", max_concurrent_calls: 1000}
                trunks:
                  - {name: soak-hostile, addresses: ["%7$s"], country: BE}
                outbound_trunks:
                  - {name: %8$s, organisation: soak, gateways: [{host: %11$s, port: %9$d, transport: udp}],
                     caller_id: {number: "%1$s"}, dialling: {country: BE, form: as-dialled}}
                  - {name: %10$s, organisation: soak, gateways: [{host: %11$s, port: %12$d, transport: udp}],
                     caller_id: {number: "%1$s"}, dialling: {country: BE, form: as-dialled}}
                rules:
                  - {name: soak-echo, organisation: soak, trunks: [demo, soak-hostile], numbers: ["%1$s", "%5$s"], type: individual,
                     room_prefix: %13$s, agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: immediate, patience_seconds: 30}
                  - {name: soak-on-agent, organisation: soak, trunks: [demo], numbers: ["%2$s"], type: individual,
                     room_prefix: %13$s, agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: on-agent, patience_seconds: 20}
                  - {name: soak-rings, organisation: soak, trunks: [demo], numbers: ["%3$s"], type: individual,
                     room_prefix: %13$s, agents: [{name: nobody}], answer_policy: on-agent, patience_seconds: 20}
                  - {name: soak-nobody, organisation: soak, trunks: [demo], numbers: ["%4$s"], type: individual,
                     room_prefix: %13$s, agents: [{name: nobody}], answer_policy: on-agent, patience_seconds: 3}
                  - {name: soak-to-desk, organisation: soak, trunks: [demo], numbers: ["%6$s"], type: forward,
                     forward_to: {to: "202", trunk: %8$s}}
                """.formatted(ECHO, ON_AGENT, RINGS, NOBODY, BUSY, DESK, HOSTILE, DESK_TRUNK, DESK_PORT, ENGAGED_TRUNK, ADDRESS, ENGAGED_PORT, ROOMS);
    }

    @Override
    public void close() {
        phones.forEach(AnsweringPhone::close);
    }
}
