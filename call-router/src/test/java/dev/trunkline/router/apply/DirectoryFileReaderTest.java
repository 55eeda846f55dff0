package dev.trunkline.router.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.fields.Fault;
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
        assertThat(rule.room()).isEqualTo(new RoomChoice.Direct("lobby"));
        assertThat(rule.agents()).containsExactly(new Agent("clerk", "{\"till\":4}"), new Agent("helper", ""));
        assertThat(rule.answerPolicy()).isEqualTo(AnswerPolicy.IMMEDIATE);
        assertThat(rule.patienceSeconds()).isEqualTo(7);
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
        assertThat(rule.room()).isEqualTo(new RoomChoice.Callee("call", false));
        assertThat(rule.answerPolicy()).isEqualTo(AnswerPolicy.ON_AGENT);
        assertThat(rule.patienceSeconds()).isEqualTo(30);
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
                "organisations: [{name: a}, {name: a}]; organisations[1].name; organisations[0].name already",
                "organisations: [{name: a, numbers: [{phone_number: +3225550100}]}]; organisations[0].numbers[0].phone_number; in quotes",
                "organisations: [{name: a, numbers: [{phone_number: '025550100'}]}]; organisations[0].numbers[0].phone_number; E.164",
                "organisations: [{name: a, numbers: [{phone_number: '+32255501*'}]}]; organisations[0].numbers[0].phone_number; E.164",
                "organisations: [{name: a, numbers: [{active: 'yes'}]}]; organisations[0].numbers[0].active; true or false",
                "trunks: [{name: t}]; trunks[0].addresses; a trunk needs a gate",
                "trunks: [{name: t, addresses: []}]; trunks[0].addresses; numbers (the dialled numbers",
                "trunks: [{name: t, addresses: ['sip.example.com']}]; trunks[0].addresses[0]; no host name",
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
                "numbers: []; numbers; the fields are organisations, trunks, rules",
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

    @Test
    void aFieldThatStandsTwiceIsAFault() {
        FaultyFileException thrown = catchThrowableOfType(
                FaultyFileException.class, () -> reader.read("organisations: []\ntrunks: []\ntrunks: []"));

        assertThat(thrown.faults()).singleElement().satisfies(fault -> assertThat(fault.problem()).contains("line 3"));
    }

    @Test
    void namesEveryFaultAtOnce() {
        FaultyFileException thrown = catchThrowableOfType(FaultyFileException.class, () -> reader.read("""
                organisations: [{name: "", numbers: [{phone_number: x}]}]
                trunks: [{name: t}]"""));

        assertThat(thrown.faults())
                .extracting(Fault::path)
                .containsExactlyInAnyOrder(
                        "organisations[0].name", "organisations[0].numbers[0].phone_number", "trunks[0].addresses");
    }
}
