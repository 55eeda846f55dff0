package dev.trunkline.router.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.router.directory.AllowedCharacters;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NamePattern;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RoomChoice.NameSource;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.directory.Schedule;
import dev.trunkline.router.fields.Fault;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleDefinitionsTest {
    private static final Destination.Allowed NOTHING_MORE = Destination.Allowed.NOTHING_MORE;
    private static final ObjectMapper YAML = new YAMLMapper();

    @SuppressWarnings("unused")
    static final List<Arguments> DESTINATIONS = List.of(
            Arguments.of("type: individual", room(new RoomChoice.Individual("call", false))),
            Arguments.of("type: individual, room_prefix: vip, no_randomness: true",
                    room(new RoomChoice.Individual("vip", true))),
            Arguments.of("type: direct, room_name: lobby", room(new RoomChoice.Direct("lobby"))),
            Arguments.of("type: direct, room_name: lobby, room_must_exist: true",
                    new Destination.Room(new RoomChoice.Direct("lobby"), true)),
            Arguments.of("type: callee, room_prefix: p", room(new RoomChoice.Callee("p", false))),
            Arguments.of("type: callee, randomize: true", room(new RoomChoice.Callee("call", true))),
            Arguments.of("type: named", room(new RoomChoice.Named(
                    new NameSource.RequestUser(), "{}", AllowedCharacters.USUAL))),
            Arguments.of("type: named, header: X-Store, template: 'store-{}', allowed_characters: '0-9'",
                    room(new RoomChoice.Named(
                            new NameSource.Header("X-Store"), "store-{}", AllowedCharacters.of("0-9")))),
            Arguments.of("type: webhook, url: 'https://bakery.example/calls'",
                    new Destination.Webhook(URI.create("https://bakery.example/calls"), Optional.empty(), NOTHING_MORE)),
            Arguments.of("type: webhook, url: 'https://bakery.example/calls', allowed_rooms: [lobby, 'shop-*'], allowed_agents: ['*']",
                    new Destination.Webhook(URI.create("https://bakery.example/calls"), Optional.empty(), new Destination.Allowed(
                            List.of(new NamePattern("lobby", false), new NamePattern("shop-", true)),
                            List.of(new NamePattern("", true))))),
            Arguments.of("type: webhook, url: 'http://bakery.example:81/?a=b', secret: 0123456789abcdef",
                    new Destination.Webhook(
                            URI.create("http://bakery.example:81/?a=b"), Optional.of("0123456789abcdef"), NOTHING_MORE)),
            Arguments.of("type: forward, forward_to: 'sip:desk@pbx.example:5070;transport=tcp'",
                    new Destination.Forward(Forwards.one("sip:desk@pbx.example:5070;transport=tcp"))),
            Arguments.of("type: forward, forward_to: '+3225550199'", new Destination.Forward(Forwards.one("+3225550199"))),
            Arguments.of("type: forward, forward_to: '02 555 01 99'", new Destination.Forward(Forwards.one("02 555 01 99"))),
            Arguments.of("type: forward, forward_to: {to: '1000', trunk: pbx, ring_seconds: 7, headers: {X-Queue: sales, User-to-User: 'a;b'}}",
                    forward(round(7, target("1000", Optional.of("pbx"), Map.of("X-Queue", "sales", "User-to-User", "a;b"))))),
            Arguments.of("type: forward, forward_to: ['+3225550199', {to: 'sip:anna@pbx.example', ring_seconds: 30}]",
                    forward(round(20, target("+3225550199")), round(30, target("sip:anna@pbx.example")))),
            Arguments.of("type: forward, forward_to: [['+3225550199', {to: '1000', trunk: pbx, ring_seconds: 25}], '+3225550198']",
                    forward(
                            round(25, target("+3225550199"), target("1000", Optional.of("pbx"), Map.of())),
                            round(20, target("+3225550198")))),
            Arguments.of("type: redirect, redirect_to: 'sip:desk@pbx.example'", new Destination.Redirect("sip:desk@pbx.example")),
            Arguments.of("type: desk", new Destination.Desk(new RoomChoice.Individual("desk", false))),
            Arguments.of("type: desk, room_name: front", new Destination.Desk(new RoomChoice.Direct("front"))),
            Arguments.of("type: desk, randomize: false", new Destination.Desk(new RoomChoice.Callee("desk", false))),
            Arguments.of("type: desk, header: X-Desk", new Destination.Desk(new RoomChoice.Named(
                    new NameSource.Header("X-Desk"), "{}", AllowedCharacters.USUAL))),
            Arguments.of(
                    "type: schedule, schedule: {time_zone: Europe/Brussels,"
                            + " hours: {mon: ['09:00-12:00', '13:00-24:00'], sat: ['22:00-06:00']},"
                            + " holidays: ['2026-12-25', '2026-01-01'],"
                            + " open: {type: callee, agents: [{name: day}]}, else: {type: refuse, status: 486}}",
                    new Destination.Scheduled(
                            new Schedule(
                                    ZoneId.of("Europe/Brussels"),
                                    Map.of(
                                            DayOfWeek.MONDAY, List.of(hours("09:00", "12:00"), hours("13:00", "00:00")),
                                            DayOfWeek.SATURDAY, List.of(hours("22:00", "06:00"))),
                                    Set.of(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 1, 1))),
                            new Destination.Room(
                                    new RoomChoice.Callee("call", false), false, List.of(new Agent("day", ""))),
                            new Destination.Refuse(486))));

    private static Destination forward(ForwardRound... rounds) {
        return new Destination.Forward(new ForwardPlan(List.of(rounds)));
    }

    private static ForwardRound round(int seconds, ForwardTarget... targets) {
        return new ForwardRound(List.of(targets), seconds);
    }

    private static ForwardTarget target(String to) {
        return target(to, Optional.empty(), Map.of());
    }

    private static ForwardTarget target(String to, Optional<String> trunk, Map<String, String> headers) {
        return new ForwardTarget(to, trunk, headers);
    }

    @ParameterizedTest
    @FieldSource("DESTINATIONS")
    void readsEveryDestinationAndWritesItTheSame(String written, Destination destination) {
        RuleDefinition read = read("{name: r, trunks: [t], " + written + "}");

        assertThat(read.terms().destination()).isEqualTo(destination);
        assertThat(read(RuleDefinitions.write(read))).isEqualTo(read);
        assertThat(RuleDefinitions.readTerms(RuleDefinitions.writeTerms(read.terms()))).isEqualTo(read.terms());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type: callee, metadata: LONG                                        | metadata",
        "type: callee, agents: [{name: a}, {name: b, metadata: LONG}]        | agents[1].metadata",
        "type: callee, attributes: {a: LONG}                                 | attributes",
        "type: callee, fallback: [{announcement: sorry}, {agent: a, metadata: LONG}] | fallback[1].metadata",
        "'type: schedule, schedule: {time_zone: UTC, hours: {mon: [\"09:00-10:00\"]}, open: {type: callee, agents: [{name: a, metadata: LONG}]}, else: {type: callee}}' | schedule.open.agents[0].metadata",
    })
    void whatARoomWouldNotTakeIsRefusedWhenItIsWrittenAndReadWhereItIsThere(String written, String path) throws Exception {
        List<Fault> faults = new ArrayList<>();
        ObjectNode json = (ObjectNode) YAML.readTree("{name: r, trunks: [t], " + written.replace("LONG", "x".repeat(60_001)) + "}");

        RuleDefinition rule = RuleDefinitions.read(json, faults);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.problem()).contains("LiveKit accepts");
        });
        assertThat(RuleDefinitions.readTerms(RuleDefinitions.writeTerms(rule.terms()))).isEqualTo(rule.terms());
    }

    @Test
    void readsEverythingElseAndWritesItTheSame() {
        RuleDefinition read = read("""
                {name: day, organisation: bakery, wildcard: true, priority: -3, numbers: ["+32255*", "1000", "*97"],
                 inbound_numbers: ["0470 12 34 56"], type: individual, pin: "0042", hide_phone_number: true,
                 agents: [{name: clerk, metadata: {till: 4}}], metadata: text, attributes: {store: "7"},
                 agent_pool: {name: gpu, sessions: 12}, answer_policy: immediate, patience_seconds: 7,
                 when_agent_leaves: hang_up, transfer_way: refer-first,
                 fallback: [{agent: night, metadata: m, patience_seconds: 5}, {forward: "sip:a@b.example"},
                            {forward: "0470 12 34 56", trunk: carrier, patience_seconds: 15},
                            {refer: "+3225550100"}, {announcement: closed}, {refuse: 480}]}""");

        assertThat(read.name()).isEqualTo("day");
        assertThat(read.organisation()).contains("bakery");
        assertThat(read.wildcard()).isTrue();
        assertThat(read.priority()).isEqualTo(-3);
        RuleTerms terms = read.terms();
        assertThat(terms.numbers()).containsExactly("+32255*", "1000", "*97");
        assertThat(terms.inboundNumbers()).containsExactly("0470 12 34 56");
        assertThat(terms.pin()).contains("0042");
        assertThat(terms.hidePhoneNumber()).isTrue();
        assertThat(terms.agents()).containsExactly(new Agent("clerk", "{\"till\":4}"));
        assertThat(terms.attributes().toString()).isEqualTo("{\"store\":\"7\"}");
        assertThat(terms.agentPool()).contains(new AgentPool("gpu", 12));
        assertThat(terms.answerPolicy()).isEqualTo(AnswerPolicy.IMMEDIATE);
        assertThat(terms.patienceSeconds()).isEqualTo(7);
        assertThat(terms.whenAgentLeaves()).contains(WhenAgentLeaves.HANG_UP);
        assertThat(terms.transferWay()).contains(TransferWay.REFER_FIRST);
        assertThat(terms.fallback()).containsExactly(
                new Fallback(FallbackKind.AGENT, "night", "m", 5),
                new Fallback(FallbackKind.FORWARD, "sip:a@b.example", "", 0),
                new Fallback(FallbackKind.FORWARD, "0470 12 34 56", "", 15, Optional.of("carrier")),
                new Fallback(FallbackKind.REFER, "+3225550100", "", 0),
                new Fallback(FallbackKind.ANNOUNCEMENT, "closed", "", 0),
                new Fallback(FallbackKind.REFUSE, "480", "", 0));
        assertThat(read(RuleDefinitions.write(read))).isEqualTo(read);
        assertThat(RuleDefinitions.write(read(RuleDefinitions.write(read)))).isEqualTo(RuleDefinitions.write(read));
    }

    @Test
    void whatIsWaitedForBeforeTheAnswerIsReadAndWrittenTheSame() {
        RuleDefinition read = read("{name: r, trunks: [t], type: callee, wait_for: listening}");

        assertThat(read.terms().answerPolicy()).isEqualTo(AnswerPolicy.ON_AGENT);
        assertThat(read.terms().waitFor()).contains(WaitFor.LISTENING);
        assertThat(read(RuleDefinitions.write(read))).isEqualTo(read);
        assertThat(RuleDefinitions.write(read("{name: r, trunks: [t], type: callee}")).has("wait_for")).isFalse();
    }

    @Test
    void howManyAgentsWaitIsReadAndWrittenTheSame() {
        RuleDefinition read = read("{name: r, trunks: [t], type: individual, agents: [{name: a}], warm: 3}");

        assertThat(read.terms().warm()).isEqualTo(3);
        assertThat(read(RuleDefinitions.write(read))).isEqualTo(read);
        assertThat(RuleDefinitions.write(read("{name: r, trunks: [t], type: callee, warm: 0}")).has("warm")).isFalse();
    }

    @Test
    void commentsAreDroppedAtAnyDepth() {
        RuleDefinition read = read("""
                {_comment: a, name: r, trunks: [t], type: callee, attributes: {_comment: b, k: v},
                 agents: [{_comment: {c: d}, name: clerk}], agent_pool: {_comment: 1, name: p, sessions: 1}}""");

        assertThat(read.terms().attributes().toString()).isEqualTo("{\"k\":\"v\"}");
        assertThat(read.terms().agents()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trunks: [t]                                                   | name                   | is missing
            name: r                                                       | trunks                 | wildcard: true
            name: r, trunks: [t], wildcard: true                          | wildcard               | not both
            name: r, trunks: [t], colour: red                             | colour                 | is not known here
            name: r, trunks: [t], type: ring                              | type                   | write individual
            name: r, trunks: [t], type: refuse, status: 480               | type                   | write individual
            name: r, trunks: [t], type: direct                            | room_name              | is missing
            name: r, trunks: [t], type: direct, room_name: a, randomize: true | randomize          | only callee
            name: r, trunks: [t], type: callee, room_name: a              | room_name              | write room_prefix
            name: r, trunks: [t], type: callee, forward_to: 'sip:a@b'     | forward_to             | only forward
            name: r, trunks: [t], type: named, header: 'X Store'          | header                 | for example X-Store
            name: r, trunks: [t], type: named, template: store            | template               | write {} once
            name: r, trunks: [t], type: named, template: '{}{}'           | template               | write {} once
            name: r, trunks: [t], type: named, allowed_characters: 'z-a'  | allowed_characters     | runs backwards
            name: r, trunks: [t], type: webhook                           | url                    | is missing
            name: r, trunks: [t], type: webhook, url: 'ftp://a.example'   | url                    | http or https
            name: r, trunks: [t], type: webhook, url: 'https://u:p@a.example' | url                | without user
            name: r, trunks: [t], type: webhook, url: 'https://a.example', secret: short | secret  | can be guessed
            name: r, trunks: [t], type: webhook, url: 'https://a.example', allowed_rooms: ['a*b'] | allowed_rooms | the beginning of names and a star
            name: r, trunks: [t], type: direct, room_name: a, allowed_agents: [b] | allowed_agents | has none, only webhook
            name: r, trunks: [t], type: forward                           | forward_to             | is missing
            name: r, trunks: [t], type: forward, forward_to: desk         | forward_to             | SIP URI
            name: r, trunks: [t], type: forward, forward_to: 'sip:a:secret@b.example' | forward_to | without password
            name: r, trunks: [t], type: forward, forward_to: []           | forward_to             | is empty
            name: r, trunks: [t], type: forward, forward_to: [[]]         | forward_to[0]          | is empty
            name: r, trunks: [t], type: forward, forward_to: [[['1000']]] | forward_to[0][0]       | a list in a list in a list
            name: r, trunks: [t], type: forward, forward_to: 3225550199   | forward_to             | in quotes
            name: r, trunks: [t], type: forward, forward_to: ['1', '2', '3', '4', '5', '6', '7', '8', '9'] | forward_to | write up to 8
            name: r, trunks: [t], type: forward, forward_to: [['1', '2', '3', '4', '5', '6', '7', '8', '9']] | forward_to[0] | write up to 8
            name: r, trunks: [t], type: forward, forward_to: [{ring_seconds: 5}] | forward_to[0].to | is missing
            name: r, trunks: [t], type: forward, forward_to: [{to: x}]    | forward_to[0].to       | SIP URI
            name: r, trunks: [t], type: forward, forward_to: ['1000', {to: '1000', ring_seconds: 181}] | forward_to[1].ring_seconds | from 1 to 180
            name: r, trunks: [t], type: forward, forward_to: {to: '1000', headers: {From: a}} | forward_to.headers | begin with X-
            name: r, trunks: [t], type: forward, forward_to: {to: '1000', ring: 5} | forward_to.ring | is not known here
            name: r, trunks: [t], type: forward, forward_to: '1000', pin: '1' | pin                | leave it out
            name: r, trunks: [t], type: redirect                          | redirect_to            | is missing
            name: r, trunks: [t], type: redirect, redirect_to: '+3225550100' | redirect_to         | SIP URI
            name: r, trunks: [t], type: forward, forward_to: '1000', redirect_to: 'sip:a@b' | redirect_to | only redirect
            name: r, trunks: [t], type: callee, fallback: [{forward: '1000', patience_seconds: 181}] | fallback[0].patience_seconds | from 1 to 180
            name: r, trunks: [t], type: callee, fallback: [{agent: a, trunk: b}] | fallback[0].trunk | is not known here
            name: r, trunks: [t], type: desk, agents: [{name: a}]         | agents                 | a person answers
            name: r, trunks: [t], type: schedule                          | schedule               | is missing
            name: r, trunks: [t], type: schedule, schedule: {}            | schedule.time_zone     | is missing
            name: r, trunks: [t], type: schedule, schedule: {time_zone: '+02:00'} | schedule.time_zone | IANA
            name: r, trunks: [t], type: schedule, schedule: {hours: {mon: ['9-17']}} | schedule.hours.mon[0] | from and to
            name: r, trunks: [t], type: schedule, schedule: {hours: {monday: []}} | schedule.hours.monday | the fields are mon
            name: r, trunks: [t], type: schedule, schedule: {holidays: ['25.12.2026']} | schedule.holidays[0] | 2026-12-25
            name: r, trunks: [t], type: schedule, schedule: {else: {type: schedule}} | schedule.else.type | desk or refuse
            name: r, trunks: [t], type: schedule, schedule: {else: {type: refuse}} | schedule.else.status | is missing
            name: r, trunks: [t], type: schedule, schedule: {open: {type: callee, pin: '1'}} | schedule.open.pin | is not known here
            name: r, trunks: [t], type: callee, pin: 1234                 | pin                    | in quotes
            name: r, trunks: [t], type: callee, pin: '12a4'               | pin                    | 1 to 16 digits
            name: r, trunks: [t], type: callee, attributes: {a: 1}        | attributes.a           | in quotes
            name: r, trunks: [t], type: callee, attributes: {sip.callID: x} | attributes.sip.callID | another name
            name: r, trunks: [t], type: callee, agent_pool: {name: p}     | agent_pool.sessions    | is missing
            name: r, trunks: [t], type: callee, answer_policy: soon       | answer_policy          | on-agent or immediate
            name: r, trunks: [t], type: callee, when_agent_leaves: wait   | when_agent_leaves      | replace (another agent is asked for
            name: r, trunks: [t], type: callee, transfer_way: fax         | transfer_way           | write one of refer-first
            name: r, trunks: [t], type: callee, wait_for: agent           | wait_for               | write published-or-listening
            name: r, trunks: [t], type: callee, wait_for: 3               | wait_for               | in quotes
            name: r, trunks: [t], type: callee, wait_for: listening, answer_policy: immediate | wait_for | answered without waiting
            name: r, trunks: [t], type: individual, agents: [{name: a}], warm: 101 | warm | from 0 to 100
            name: r, trunks: [t], type: callee, agents: [{name: a}], warm: 1 | warm                | write the type individual
            name: r, trunks: [t], type: desk, room_prefix: a, warm: 1     | warm                   | write the type individual
            name: r, trunks: [t], type: webhook, url: 'https://a.example', agents: [{name: a}], warm: 1 | warm | write the type individual
            name: r, trunks: [t], type: individual, no_randomness: true, agents: [{name: a}], warm: 1 | warm | without no_randomness
            name: r, trunks: [t], type: individual, room_must_exist: true, agents: [{name: a}], warm: 1 | warm | room_must_exist
            name: r, trunks: [t], type: individual, warm: 1               | warm                   | name them in agents
            name: r, trunks: [t], type: individual, agents: [{name: a}], pin: '1', warm: 1 | warm  | entered the PIN
            name: r, trunks: [t], type: individual, agents: [{name: a}], agent_pool: {name: p, sessions: 2}, warm: 2 | warm | fewer than its sessions
            name: r, trunks: [t], type: callee, when_agent_leaves: 3      | when_agent_leaves      | in quotes
            name: r, trunks: [t], type: callee, patience_seconds: 0       | patience_seconds       | from 1 to 600
            name: r, trunks: [t], type: callee, priority: high            | priority               | whole number
            name: r, trunks: [t], type: callee, numbers: ['02*']          | numbers[0]             | internationally
            name: r, trunks: [t], type: callee, numbers: [lobby]          | numbers[0]             | write a number
            name: r, trunks: [t], type: callee, fallback: [{}]            | fallback[0]            | write one of agent
            name: r, trunks: [t], type: callee, fallback: [{agent: a, refuse: 480}] | fallback[0]  | write one of agent
            name: r, trunks: [t], type: callee, fallback: [{refuse: 200}] | fallback[0].refuse     | from 400 to 699
            name: r, trunks: [t], type: callee, fallback: [{refuse: 480}, {agent: a}] | fallback[0] | write it last
            name: r, trunks: [t], type: callee, fallback: [{forward: x}]  | fallback[0].forward    | SIP URI
            name: r, trunks: [t], type: callee, fallback: [{refer: x y}]  | fallback[0].refer      | E.164
            """)
    void namesTheFaultyFieldAndWhatToWrite(String written, String path, String problem) {
        List<Fault> faults = new ArrayList<>();
        RuleDefinitions.read(json("{" + written + "}"), faults);

        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.problem()).contains(problem);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{type: direct}", "{type: callee, name: r}", "[]"})
    void aDocumentThatIsNoDefinitionIsRefused(String document) throws JsonProcessingException {
        var json = YAML.readTree(document);

        assertThatThrownBy(() -> RuleDefinitions.readTerms(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRuleOfTheDirectoryIsWrittenByNames() {
        var rule = new DispatchRule(
                "7", "day", Optional.of("o"), List.of("t"),
                RuleTerms.to(room(new RoomChoice.Direct("lobby"))), 4, Instant.EPOCH);

        RuleDefinition definition = RuleDefinitions.of(rule, id -> "bakery", id -> "pbx");

        assertThat(definition.organisation()).contains("bakery");
        assertThat(definition.trunks()).containsExactly("pbx");
        assertThat(read(RuleDefinitions.write(definition))).isEqualTo(definition);
    }

    @Test
    void saysNothingOfSecretsAndPins() {
        RuleDefinition read = read("{name: r, trunks: [t], type: webhook, url: 'https://a.example', secret: 0123456789abcdef, pin: '9876'}");

        assertThat(read.toString()).doesNotContain("0123456789abcdef").doesNotContain("9876");
        assertThat(read.terms().destination().toString()).doesNotContain("0123456789abcdef");
    }

    private static Destination.Room room(RoomChoice choice) {
        return new Destination.Room(choice, false);
    }

    private static Schedule.Hours hours(String from, String to) {
        return new Schedule.Hours(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static RuleDefinition read(String yaml) {
        return read(json(yaml));
    }

    private static RuleDefinition read(ObjectNode json) {
        List<Fault> faults = new ArrayList<>();
        RuleDefinition read = RuleDefinitions.read(json, faults);
        assertThat(faults).isEmpty();
        return read;
    }

    private static ObjectNode json(String yaml) {
        try {
            return YAML.readValue(yaml, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    @Test
    void everyDestinationIsTried() {
        Stream<String> kinds = DESTINATIONS.stream().map(of -> ((Destination) of.get()[1]).type());

        assertThat(kinds.distinct()).containsExactlyInAnyOrder(
                "individual", "direct", "callee", "named", "webhook", "forward", "redirect", "desk", "schedule");
    }
}
