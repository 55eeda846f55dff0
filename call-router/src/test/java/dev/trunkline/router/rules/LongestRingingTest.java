package dev.trunkline.router.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongestRingingTest {
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String HOURS = "schedule: {time_zone: UTC, hours: {mon: [\"09:00-10:00\"]}, ";

    private static List<Fault> faults(String rule) throws Exception {
        List<Fault> faults = new ArrayList<>();
        var fields = new Fields(YAML.readTree("{name: r, wildcard: true, " + rule.replace("HOURS", HOURS) + "}"), "rules[3]", faults);
        RuleDefinition read = RuleDefinitions.read(fields);
        assertThat(faults).isEmpty();
        new LongestRinging(Duration.ofSeconds(60)).check(fields, read.terms());
        return faults;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            type: callee, patience_seconds: 60                                                            | patience_seconds | 60 s (the patience)
            type: desk, patience_seconds: 600                                                             | patience_seconds | 600 s
            type: callee, fallback: [{agent: a}]                                                          | fallback         | 60 s (the patience and
            type: callee, patience_seconds: 10, fallback: [{agent: a, patience_seconds: 31}, {forward: '1000'}] | fallback   | 61 s
            type: webhook, url: 'https://a.example', patience_seconds: 10, fallback: [{forward: '1000', patience_seconds: 50}] | fallback | 60 s
            type: forward, forward_to: ['1', '2', '3']                                                    | forward_to       | 60 s (all its rounds
            type: forward, forward_to: {to: '1000', ring_seconds: 60}                                     | forward_to       | 60 s
            type: schedule, HOURS open: {type: callee}, else: {type: forward, forward_to: ['1', '2', '3']}} | schedule.else.forward_to | 60 s
            type: schedule, patience_seconds: 70, HOURS open: {type: callee}, else: {type: desk}}         | patience_seconds | 70 s
            type: schedule, patience_seconds: 70, HOURS open: {type: refuse, status: 480}, else: {type: desk}} | patience_seconds | 70 s
            """)
    void whatRingsForAsLongAsTheEdgeLetsItIsTooLong(String rule, String field, String why) throws Exception {
        assertThat(faults(rule)).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo("rules[3]." + field);
            assertThat(fault.problem()).contains(why, "the edge gives up", "TRUNKLINE_ROUTING_LONGEST_RINGING", "answer_policy: immediate");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "type: callee, patience_seconds: 59",
        "type: callee, patience_seconds: 60, answer_policy: immediate",
        "type: callee, patience_seconds: 60, pin: '4711'",
        "type: callee, patience_seconds: 39, fallback: [{refer: '1000'}, {announcement: sorry}, {forward: '1000'}, {refuse: 480}]",
        "type: forward, patience_seconds: 600, forward_to: [['1', '2', '3'], '4']",
        "type: forward, forward_to: ['1', '2', '3'], answer_policy: immediate",
        "type: redirect, patience_seconds: 600, redirect_to: 'sip:a@b.example'",
        "type: schedule, patience_seconds: 59, HOURS open: {type: callee}, else: {type: refuse, status: 480}}",
    })
    void whatRingsForLessOrNotAtAllIsRight(String rule) throws Exception {
        assertThat(faults(rule)).isEmpty();
    }

    @Test
    void aRuleThatWasWrittenBeforeIsReadWhateverItSays() throws Exception {
        RuleDefinition read = RuleDefinitions.read(
                (ObjectNode) YAML.readTree("{name: r, wildcard: true, type: callee, patience_seconds: 600}"),
                new ArrayList<>());

        assertThat(RuleDefinitions.readTerms(RuleDefinitions.writeTerms(read.terms())).patienceSeconds()).isEqualTo(600);
    }

    @Test
    void aSettingOfNothingIsRefused() {
        assertThatThrownBy(() -> new LongestRinging(Duration.ZERO)).hasMessageContaining("TRUNKLINE_ROUTING_LONGEST_RINGING");
    }
}
