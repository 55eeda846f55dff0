package dev.trunkline.router.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.DigestUser;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.rules.LongestRinging;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryFileReaderTest {
    private final DirectoryFileReader reader = new DirectoryFileReader();

    @Test
    void readsEveryField() throws Exception {
        DirectoryFile file = reader.read("""
                organisations:
                  - name: bakery
                    config: {language: nl, voice: {name: Ann}}
                    max_concurrent_calls: 20
                    caller_rate: {calls: 5, window_seconds: 60}
                    numbers:
                      - phone_number: "+32 2 555 01 00"
                        label: Counter
                        active: false
                        config_override: {greeting: Hallo}
                        max_concurrent_calls: 3
                trunks:
                  - name: pbx
                    addresses: ["203.0.113.7", "2001:db8::/32"]
                    country: BE
                    headers_to_room: [X-Store]
                    numbers: ["+32255501*"]
                    allowed_numbers: ["0470 12 34 56"]
                rules:
                  - name: day
                    organisation: bakery
                    trunks: [pbx]
                    numbers: ["+3225550100"]
                    inbound_numbers: ["+32*"]
                    type: direct
                    room_name: lobby
                    agents: [{name: clerk, metadata: {till: 4}}, {name: "helper"}]
                    metadata: plain text
                    answer_policy: immediate
                    patience_seconds: 7
                    priority: -2
                """);

        var organisation = file.organisations().getFirst();
        assertThat(organisation.config().at("/voice/name").textValue()).isEqualTo("Ann");
        assertThat(organisation.maxConcurrentCalls()).hasValue(20);
        assertThat(organisation.callerRate()).contains(new CallRate(5, 60));
        var number = organisation.numbers().getFirst();
        assertThat(number.phoneNumber()).isEqualTo("+3225550100");
        assertThat(number.active()).isFalse();
        assertThat(number.maxConcurrentCalls()).isEqualTo(3);
        assertThat(number.callerRate()).isEmpty();
        var trunk = file.trunks().getFirst();
        assertThat(trunk.addresses()).containsExactly("203.0.113.7/32", "2001:db8:0:0:0:0:0:0/32");
        assertThat(trunk.allowedNumbers()).containsExactly("0470 12 34 56");
        var rule = file.rules().getFirst();
        assertThat(rule.terms().destination())
                .isEqualTo(new Destination.Room(new RoomChoice.Direct("lobby"), false));
        assertThat(rule.terms().agents()).containsExactly(new Agent("clerk", "{\"till\":4}"), new Agent("helper", ""));
        assertThat(rule.terms().answerPolicy()).isEqualTo(AnswerPolicy.IMMEDIATE);
        assertThat(rule.terms().patienceSeconds()).isEqualTo(7);
        assertThat(rule.priority()).isEqualTo(-2);
    }

    @Test
    void readsJsonAndPassesOverCommentsAtAnyDepth() throws Exception {
        DirectoryFile file = reader.read("""
                {"_comment": "top",
                 "organisations": [{"_comment": {"a": 1}, "name": "bakery",
                   "config": {"_comment": "inside", "voice": {"_comment": [1], "name": "Ann"}},
                   "numbers": [{"_comment": "", "phone_number": "+3225550100"}]}]}""");

        assertThat(file.organisations().getFirst().config().toString()).isEqualTo("{\"voice\":{\"name\":\"Ann\"}}");
        assertThat(file.organisations().getFirst().numbers()).hasSize(1);
    }

    @Test
    void hasDefaults() throws Exception {
        DirectoryFile file = reader.read("""
                organisations: [{name: bakery, numbers: [{phone_number: "+3225550100"}]}]
                rules: [{name: r, wildcard: true, type: callee}]""");

        var number = file.organisations().getFirst().numbers().getFirst();
        assertThat(number.active()).isTrue();
        assertThat(number.maxConcurrentCalls()).isEqualTo(1);
        var rule = file.rules().getFirst();
        assertThat(rule.terms().destination())
                .isEqualTo(new Destination.Room(new RoomChoice.Callee("call", false), false));
        assertThat(rule.terms().answerPolicy()).isEqualTo(AnswerPolicy.ON_AGENT);
        assertThat(rule.terms().patienceSeconds()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({
        "+32 2 555 01 00, +3225550100", "0032 2 555 01 00, +3225550100", "32 2 555 01 00, +3225550100",
        "1001, 1001", "*97, *97", "1001@pbx, 1001@pbx", "+32255501*, +32255501*", "reception, reception",
        "/^\\+3225550\\d{3}$/, /^\\+3225550\\d{3}$/",
    })
    void readsNumbersOfEveryForm(String written, String kept) throws Exception {
        DirectoryFile file = reader.read("organisations: [{name: a, numbers: [{phone_number: '" + written + "'}]}]");

        assertThat(file.organisations().getFirst().numbers().getFirst().phoneNumber()).isEqualTo(kept);
    }

    @Test
    void readsAgentInstancesAndFreeNumbers() throws Exception {
        DirectoryFile file = reader.read("""
                organisations:
                  - name: bakery
                    agent_instances: [{name: till, config: {voice: Ann}}]
                    numbers: [{phone_number: "1001", agent_instance: till}]
                numbers: [{phone_number: "+3225550199", label: free}]""");

        var bakery = file.organisations().getFirst();
        assertThat(bakery.agentInstances().getFirst().config().get("voice").textValue()).isEqualTo("Ann");
        assertThat(bakery.numbers().getFirst().agentInstance()).contains("till");
        assertThat(file.numbers()).singleElement()
                .satisfies(number -> assertThat(number.phoneNumber()).isEqualTo("+3225550199"));
    }

    @Test
    void readsATrunkWithEverything() throws Exception {
        var trunk = reader.read("""
                trunks:
                  - name: pbx
                    country: DE
                    international_prefixes: ["00", "011"]
                    national_prefixes: ["0"]
                    called_from: [diversion, Request-URI]
                    caller_from: [from]
                    transports: [TLS, tcp]
                    codecs: [pcma, OPUS]
                    users:
                      - {username: alice, password: wonderland}
                      - {username: bob, realm: pbx.example, ha1_md5: 0123456789ABCDEF0123456789abcdef}""")
                .trunks().getFirst();

        assertThat(trunk.internationalPrefixes()).containsExactly("00", "011");
        assertThat(trunk.nationalPrefixes()).containsExactly("0");
        assertThat(trunk.calledFrom()).containsExactly("diversion", "request-uri");
        assertThat(trunk.callerFrom()).containsExactly("from");
        assertThat(trunk.transports()).containsExactly("tls", "tcp");
        assertThat(trunk.codecs()).containsExactly("PCMA", "opus");
        // Digests of alice:trunkline:wonderland.
        assertThat(trunk.users()).containsExactly(
                new DigestUser("alice", "trunkline", Optional.of("a23225459df097be990a1547dd29c864"), Optional.of("1054d2527d9120819f547859534762582301e97f3123105b0033296987273f02")),
                new DigestUser("bob", "pbx.example", Optional.of("0123456789abcdef0123456789abcdef"), Optional.empty()));
        assertThat(trunk.toString()).doesNotContain("wonderland", "0123456789abcdef");
    }

    @Test
    void rulesWithoutATrunkAreWildcardsWhereASettingSaysSo() throws Exception {
        DirectoryFile file = new DirectoryFileReader(true, LongestRinging.USUAL)
                .read("rules: [{name: r, type: callee}, {name: s, type: callee, wildcard: true}]");

        assertThat(file.rules()).allSatisfy(rule -> assertThat(rule.wildcard()).isTrue());
        assertThat(file.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("rules[0]");
            assertThat(warning.problem()).contains("wildcard: true");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "organisations: [{}]; organisations[0].name; the organisation's name",
                "organisations: [{name: 5}]; organisations[0].name; put it in quotes",
                "organisations: {}; organisations; write a list",
                "organisations: [7]; organisations[0]; write an object",
                "organisations: [{name: a, config: []}]; organisations[0].config; write an object",
                "organisations: [{name: a, max_concurrent_calls: 0}]; organisations[0].max_concurrent_calls; from 1 to",
                "organisations: [{name: a, max_concurrent_calls: 1.5}]; organisations[0].max_concurrent_calls; whole number",
                "organisations: [{name: a, caller_rate: {calls: 1}}]; organisations[0].caller_rate; write both",
                "organisations: [{name: a, colour: red}]; organisations[0].colour; the fields are name",
                "organisations: [{name: a}, {name: a}]; organisations[1].name; already in organisations[0].name",
                "organisations: [{name: a, numbers: [{phone_number: +3225550100}]}]; organisations[0].numbers[0].phone_number; in quotes",
                "organisations: [{name: a, numbers: [{phone_number: '025550100'}]}]; organisations[0].numbers[0].phone_number; E.164",
                "organisations: [{name: a, numbers: [{phone_number: '+0255501*'}]}]; organisations[0].numbers[0].phone_number; E.164",
                "organisations: [{name: a, numbers: [{phone_number: '02 555 01 00'}]}]; organisations[0].numbers[0].phone_number; E.164",
                "organisations: [{name: a, numbers: [{phone_number: '/(/'}]}]; organisations[0].numbers[0].phone_number; RE2",
                "organisations: [{name: a, numbers: [{}]}]; organisations[0].numbers[0].phone_number; regular expression",
                "organisations: [{name: a, agent_instances: [{}]}]; organisations[0].agent_instances[0].name; is missing",
                "organisations: [{name: a, agent_instances: [{name: b}, {name: b}]}]; organisations[0].agent_instances[1].name; remove one",
                "'organisations: [{name: \"a\\0b\"}]'; organisations[0].name; U+0000",
                "numbers: [{phone_number: '+3225550100', agent_instance: till}]; numbers[0].agent_instance; below its organisation",
                "numbers: [{phone_number: '1001'}, {phone_number: '1001'}]; numbers[1].phone_number; already in numbers[0].phone_number",
                "organisations: [{name: a, numbers: [{active: 'perhaps'}]}]; organisations[0].numbers[0].active; true or false",
                "trunks: [{name: t}]; trunks[0].addresses; a trunk needs a gate",
                "trunks: [{name: t, addresses: []}]; trunks[0].addresses; numbers (the dialled numbers",
                "trunks: [{name: t, addresses: ['sip:example.com']}]; trunks[0].addresses[0]; or sip.carrier.example",
                "trunks: [{name: t, addresses: ['::1'], max_early_calls: 0}]; trunks[0].max_early_calls; from 1",
                "trunks: [{name: t, addresses: ['::1'], media_from: there}]; trunks[0].media_from; write signalling",
                "trunks: [{name: t, addresses: ['::1'], trial_calls: maybe}]; trunks[0].trial_calls; write true or false",
                "trunks: [{name: t, addresses: ['::1'], transfer_way: fax}]; trunks[0].transfer_way; write one of refer-first",
                "trunks: [{name: t, addresses: ['::1'], max_invites_per_second: many}]; trunks[0].max_invites_per_second; whole number",
                "trunks: [{name: t, addresses: ['::1'], country: Belgium}]; trunks[0].country; two letters",
                "trunks: [{name: t, numbers: ['abc']}]; trunks[0].numbers[0]; write a number",
                "trunks: [{name: t, numbers: ['02*']}]; trunks[0].numbers[0]; internationally",
                "rules: [{name: r, type: individual}]; rules[0].trunks; wildcard: true",
                "rules: [{name: r, trunks: [t], wildcard: true, type: callee}]; rules[0].wildcard; not both",
                "rules: [{name: r, trunks: [t]}]; rules[0].type; individual",
                "rules: [{name: r, trunks: [t], type: direct}]; rules[0].room_name; is missing",
                "rules: [{name: r, trunks: [t], type: direct, room_name: a, room_prefix: b}]; rules[0].room_prefix; write room_name",
                "rules: [{name: r, trunks: [t], type: callee, room_name: a}]; rules[0].room_name; write room_prefix",
                "rules: [{name: r, trunks: [t], type: callee, agents: [{}]}]; rules[0].agents[0].name; is missing",
                "rules: [{name: r, trunks: [t], type: callee, answer_policy: soon}]; rules[0].answer_policy; on-agent or immediate",
                "rules: [{name: r, trunks: [t], type: callee, patience_seconds: 0}]; rules[0].patience_seconds; from 1 to 600",
                "colours: []; colours; the fields are organisations, numbers, trunks, outbound_trunks, rules",
                "trunks: [{name: t, allowed_numbers: ['+32*']}]; trunks[0].addresses; allowed_numbers is not a gate",
                "trunks: [{name: t, users: []}]; trunks[0].addresses; users (who may authenticate",
                "trunks: [{name: t, users: [{username: u}]}]; trunks[0].users[0].password; only digests are kept",
                "trunks: [{name: t, users: [{username: 'u:v', password: p}]}]; trunks[0].users[0].username; without colon",
                "trunks: [{name: t, users: [{username: u, ha1_md5: abc}]}]; trunks[0].users[0].ha1_md5; 32 hexadecimal",
                "trunks: [{name: t, users: [{username: u, password: p, ha1_md5: abc}]}]; trunks[0].users[0].password; not both",
                "trunks: [{name: t, users: [{username: u, password: p}, {username: u, password: q}]}]; trunks[0].users[1].username; already",
                "trunks: [{name: t, addresses: ['::1'], transports: [udp, sctp]}]; trunks[0].transports[1]; udp, tcp, tls",
                "trunks: [{name: t, addresses: ['::1'], codecs: [MP3]}]; trunks[0].codecs[0]; PCMU",
                "trunks: [{name: t, addresses: ['::1'], codecs: [PCMU, pcmu]}]; trunks[0].codecs[1]; twice",
                "trunks: [{name: t, addresses: ['::1'], called_from: [from]}]; trunks[0].called_from[0]; request-uri",
                "trunks: [{name: t, addresses: ['::1'], caller_from: [to]}]; trunks[0].caller_from[0]; p-asserted-identity",
                "trunks: [{name: t, addresses: ['::1'], national_prefixes: [zero]}]; trunks[0].national_prefixes[0]; national number",
                "trunks: [{name: t, addresses: ['::1'], headers_to_room: ['X Store']}]; trunks[0].headers_to_room[0]; name of a header",
                "trunks: [{name: t, addresses: ['::1'], attributes_to_headers: {outcome: Via}}]; trunks[0].attributes_to_headers.outcome; begins with X-",
                "trunks: [{name: t, addresses: ['::1'], attributes_to_headers: {outcome: Reason}}]; trunks[0].attributes_to_headers.outcome; begins with X-",
                "trunks: [{name: t, addresses: ['::1'], attributes_to_headers: {outcome: 5}}]; trunks[0].attributes_to_headers.outcome; begins with X-",
                "trunks: [{name: t, addresses: ['::1'], attributes_to_headers: {out come: X-A}}]; trunks[0].attributes_to_headers; without blanks",
                "trunks: [{name: t, addresses: ['::1'], attributes_to_headers: {a: X-A, b: x-a}}]; trunks[0].attributes_to_headers.b; already",
                "'a: [b'; ''; line 1",
                "''; ''; the file is empty",
                "hello; ''; write an object",
            })
    void namesTheFaultyFieldAndWhatToWrite(String text, String path, String problem) {
        FaultyFileException thrown =
                catchThrowableOfType(FaultyFileException.class, () -> reader.read(text == null ? "" : text));

        assertThat(thrown.faults()).anySatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(path == null ? "" : path);
            assertThat(fault.problem()).contains(problem);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "organisations: [{name: o, config: {a: LONG}}]; organisations[0].config",
        "organisations: [{name: o, agent_instances: [{name: i, config: {a: LONG}}]}]; organisations[0].agent_instances[0].config",
        "organisations: [{name: o, numbers: [{phone_number: \"1\", config_override: {a: LONG}}]}]; organisations[0].numbers[0].config_override",
    })
    void aConfigurationThatNoRoomTakesIsRefused(String file, String path) {
        FaultyFileException thrown = catchThrowableOfType(
                FaultyFileException.class, () -> reader.read(file.replace("LONG", "x".repeat(59_001))));

        assertThat(thrown.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.problem()).contains("LiveKit accepts 59,000");
        });
    }

    @Test
    void theWordsOfYamlForYesAndNoAreTextsWhereATextIsWantedAndBooleansWhereOneIs() throws Exception {
        DirectoryFile file = reader.read("""
                organisations:
                  - name: fjord
                    numbers:
                      - {phone_number: "+4722334455", active: no}
                trunks:
                  - {name: oslo, addresses: ["192.0.2.9"], country: NO}
                outbound_trunks:
                  - {name: out, gateways: [{host: 192.0.2.9}], dialling: {country: NO}, srtp: off}
                """);
        assertThat(file.organisations().getFirst().numbers().getFirst().active()).isFalse();
        assertThat(file.trunks().getFirst().country()).hasValue("NO");
        assertThat(file.outboundTrunks().getFirst().terms().srtp()).isEqualTo(SrtpUse.OFF);
    }

    @Test
    void aFieldThatStandsTwiceIsAFault() {
        FaultyFileException thrown = catchThrowableOfType(
                FaultyFileException.class, () -> reader.read("organisations: []\ntrunks: []\ntrunks: []"));

        assertThat(thrown.faults()).singleElement().satisfies(fault -> assertThat(fault.problem()).contains("line 3"));
    }

    @Test
    void namesEveryFaultAtOnce() {
        FaultyFileException thrown = catchThrowableOfType(FaultyFileException.class, () -> reader.read("""
                organisations: [{name: "", numbers: [{phone_number: x y}]}]
                trunks: [{name: t}]"""));

        assertThat(thrown.faults())
                .extracting(Fault::path)
                .containsExactlyInAnyOrder(
                        "organisations[0].name", "organisations[0].numbers[0].phone_number", "trunks[0].addresses");
    }
}
