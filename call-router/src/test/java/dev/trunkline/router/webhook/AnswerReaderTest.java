package dev.trunkline.router.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final URI ASKED = URI.create("https://shop.example/voice/incoming?key=s3cret");

    private final AnswerReader reader = new AnswerReader(List.of("rooms.shop.example"));

    private Answer read(String json) throws UnusableAnswerException {
        return reader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ASKED);
    }

    private Instruction instruction(String json) throws UnusableAnswerException {
        return read(json).instruction().orElseThrow();
    }

    @Nested
    class Dial {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{'type':'sip','sipUri':'sip:orders@pbx.shop.example'}             | sip:orders@pbx.shop.example",
            "{'type':'sip','sipUri':'sips:orders@pbx.shop.example:5061'}       | sips:orders@pbx.shop.example:5061",
            "{'type':'sip','sipUri':'sip:+3225550100@203.0.113.9:5080;transport=tcp'} | sip:+3225550100@203.0.113.9:5080;transport=tcp",
            "{'type':'sip','sipUri':'sip:a@[2001:db8::7]:5060'}                | sip:a@[2001:db8::7]:5060",
            "{'type':'sip','sipUri':'sip:pbx.shop.example'}                    | sip:pbx.shop.example",
            "{'type':'sip','sipUri':'SIP:Ann@Pbx.Shop.Example?X-Order=7'}      | SIP:Ann@Pbx.Shop.Example?X-Order=7",
            "{'type':'phone','number':'+32 2 555.01-00'}                       | tel:+3225550100",
            "{'type':'phone','number':'1002'}                                  | tel:1002",
            "{'type':'user','name':'ann@pbx.shop.example'}                     | sip:ann@pbx.shop.example"
        })
        void forwards(String target, String uri) throws Exception {
            assertThat(instruction("[{'verb':'dial','target':[" + target + "]}]")).isEqualTo(Instruction.Forward.to(uri));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{'type':'sip','sipUri':'sip:support@rooms.shop.example'}              | support",
            "{'type':'sip','sipUri':'sip:support@ROOMS.shop.example;transport=tls'} | support",
            "{'type':'sip','sipUri':'sip:store%2D12;tag=1@rooms.shop.example:5060'} | store-12",
            "{'type':'sip','sipUri':'sip:+3225550100@rooms.shop.example'}          | +3225550100",
            "{'type':'room','name':'support'}                                      | support"
        })
        void putsTheCallerInARoomOfTheSuite(String target, String room) throws Exception {
            assertThat(instruction("[{'verb':'dial','target':[" + target + "]}]")).isEqualTo(Instructions.room(room));
        }

        @Test
        void takesASingleTargetWithoutItsList() throws Exception {
            assertThat(instruction("{'verb':'dial','target':{'type':'room','name':'support'}}"))
                    .isEqualTo(Instructions.room("support"));
        }

        @Test
        void isFollowedBehindVerbsThatDecideNothing() throws Exception {
            Answer answer = read("""
                    [{'verb':'answer'}, {'verb':'say','text':'One moment.'}, {'verb':'pause','length':1},
                     {'verb':'dial','answerOnBridge':true,'callerId':'+3225550100',
                      'target':[{'type':'sip','sipUri':'sip:ann@pbx.shop.example','auth':{'username':'u'}}]},
                     {'verb':'hangup'}]""");

            assertThat(answer.instruction()).contains(new Instruction.Forward(
                    Instruction.Forward.to("sip:ann@pbx.shop.example").plan(), Optional.of(AnswerPolicy.ON_AGENT)));
            assertThat(answer.verbs()).extracting(Answer.Verb::name)
                    .containsExactly("answer", "say", "pause", "dial", "hangup");
            assertThat(answer.verbs()).extracting(Answer.Verb::followed)
                    .containsExactly(false, false, false, true, false);
            assertThat(answer.verbs().get(3).why())
                    .isEqualTo("the call is forwarded to sip:ann@pbx.shop.example; not used: callerId;"
                            + " not used in the target: auth");
            assertThat(answer.verbs().get(4).why()).isEqualTo("[3] dial has already decided");
            assertThat(answer.verbs()).noneMatch(Answer.Verb::dialNotFollowed);
        }

        @Test
        void ringsAllItsTelephonesAtOnceAndTellsOfTheOthers() throws Exception {
            Answer answer = read("""
                    [{'verb':'dial','timeout':35,'answerOnBridge':false,'headers':{'X-Order':'7'},
                      'target':[{'type':'teams','number':'+3225550109'}, {'type':'user','name':'ann@pbx.shop.example'},
                        {'type':'room','name':'support'},{'type':'phone','number':'+3225550100','trunk':'main'}]}]""");

            Map<String, String> headers = Map.of("X-Order", "7");
            assertThat(answer.instruction()).contains(new Instruction.Forward(
                    new ForwardPlan(List.of(new ForwardRound(
                            List.of(
                                    new ForwardTarget("sip:ann@pbx.shop.example", Optional.empty(), headers),
                                    new ForwardTarget("tel:+3225550100", Optional.of("main"), headers)),
                            35))),
                    Optional.of(AnswerPolicy.IMMEDIATE)));
            assertThat(answer.verbs().getFirst().why())
                    .isEqualTo("the call is forwarded to sip:ann@pbx.shop.example and tel:+3225550100");
            assertThat(answer.verbs().stream().filter(Answer.Verb::dialNotFollowed))
                    .extracting(Answer.Verb::where, Answer.Verb::name)
                    .containsExactly(
                            tuple("[0].target[0]", "dial target teams"),
                            tuple("[0].target[2]", "dial target room"));
        }

        @Test
        void toARoomFirstRingsNobodyElse() throws Exception {
            Answer answer = read("""
                    [{'verb':'dial','timeout':35,'target':[{'type':'room','name':'support'},{'type':'phone','number':'+3225550100'}]}]""");

            assertThat(answer.instruction()).contains(Instructions.room("support"));
            assertThat(answer.verbs().getFirst().why()).isEqualTo("the call goes to room support; not used: timeout");
            assertThat(answer.verbs().get(1).dialNotFollowed()).isTrue();
        }

        @Test
        void ringsNoMoreThanEightAtOnce() throws Exception {
            String phones = IntStream.range(0, 9)
                    .mapToObj(i -> "{'type':'phone','number':'+322555010" + i + "'}")
                    .collect(Collectors.joining(","));

            Answer answer = read("[{'verb':'dial','target':[" + phones + "]}]");

            var forward = (Instruction.Forward) answer.instruction().orElseThrow();
            assertThat(forward.plan().rounds().getFirst().targets()).hasSize(8);
            assertThat(answer.verbs().getLast().why()).contains("8 can ring simultaneously");
            assertThat(answer.verbs().getLast().dialNotFollowed()).isTrue();
        }

        @Test
        void thatNobodyCanFollowDecidesNothingAndIsLoud() throws Exception {
            Answer answer = read("[{'verb':'dial','target':[{'type':'teams','number':'+3225550109'}]}]");

            assertThat(answer.instruction()).isEmpty();
            assertThat(answer.verbs().getFirst().dialNotFollowed()).isTrue();
            assertThat(answer.verbs().getFirst().why()).contains("nobody rings");
        }

        @Test
        void behindAnotherDecisionIsLoud() throws Exception {
            Answer answer = read("""
                    [{'verb':'conference','name':'support'},
                     {'verb':'dial','target':[{'type':'user','name':'ann@pbx.shop.example'}]}]""");

            assertThat(answer.instruction()).contains(Instructions.room("support"));
            assertThat(answer.verbs().get(1).dialNotFollowed()).isTrue();
            assertThat(answer.verbs().get(1).why()).isEqualTo("[0] conference has already decided");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{'verb':'dial'}                                            | [0] has no target",
            "{'verb':'dial','target':[]}                                | [0].target is empty",
            "{'verb':'dial','target':'sip:a@b'}                         | [0].target is not a list",
            "{'verb':'dial','target':['sip:a@b']}                       | [0].target[0] is not an object",
            "{'verb':'dial','target':[{'sipUri':'sip:a@b'}]}            | [0].target[0] has no type",
            "{'verb':'dial','target':[{'type':'sip'}]}                  | [0].target[0] has no sipUri",
            "{'verb':'dial','target':[{'type':'sip','sipUri':null}]}    | [0].target[0] has no sipUri",
            "{'verb':'dial','target':[{'type':'sip','sipUri':7}]}       | [0].target[0].sipUri is not a text",
            "{'verb':'dial','target':[{'type':'sip','sipUri':'ann'}]}   | [0].target[0].sipUri is not a SIP URI",
            "{'verb':'dial','target':[{'type':'sip','sipUri':'sip:a b@c'}]}       | [0].target[0].sipUri is not a SIP URI",
            "{'verb':'dial','target':[{'type':'sip','sipUri':'sip:a:pw@c'}]}      | [0].target[0].sipUri has a password",
            "{'verb':'dial','target':[{'type':'sip','sipUri':'sip:rooms.shop.example'}]}    | [0].target[0].sipUri names no room",
            "{'verb':'dial','target':[{'type':'sip','sipUri':'sip:%zz@rooms.shop.example'}]} | [0].target[0].sipUri has a %",
            "{'verb':'dial','target':[{'type':'sip','sipUri':'sip:%0a@rooms.shop.example'}]} | [0].target[0].sipUri names no room",
            "{'verb':'dial','target':[{'type':'phone','number':'ann'}]} | [0].target[0].number is not a telephone number",
            "{'verb':'dial','target':[{'type':'user','name':'ann'}]}    | [0].target[0].name names no user",
            "{'verb':'dial','target':[{'type':'room','name':' '}]}      | [0].target[0].name is not a text"
        })
        void isNonsense(String dial, String message) {
            assertThatThrownBy(() -> read("[" + dial + "]"))
                    .isInstanceOf(UnusableAnswerException.class)
                    .hasMessageStartingWith(message);
        }
    }

    @Nested
    class OtherVerbs {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{'verb':'sip:decline','status':486}                                  | 486 | ''",
            "{'verb':'sip:decline','status':603,'reason':'Closed today'}          | 603 | Closed today",
            "{'verb':'sip:decline','status':480,'headers':{'Retry-After':1800}}   | 480 | ''"
        })
        void decline(String verb, int status, String reason) throws Exception {
            assertThat(instruction("[" + verb + "]")).isEqualTo(new Instruction.Decline(status, reason.replace("''", "")));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "'sip:help@desk.example'   | sip:help@desk.example",
            "'help@desk.example'       | sip:help@desk.example",
            "'+3225550199'             | tel:+3225550199",
            "'tel:+32-2-555-01-99'     | tel:+3225550199",
            "3225550199                | tel:3225550199"
        })
        void refer(String to, String target) throws Exception {
            assertThat(instruction("[{'verb':'sip:refer','referTo':" + to + ",'actionHook':'/done'}]"))
                    .isEqualTo(new Instruction.Refer(target));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "'https://night.example/calls' | https://night.example/calls",
            "'/voice/sales'                | https://shop.example/voice/sales",
            "'sales'                       | https://shop.example/voice/sales",
            "{'url':'/v','method':'POST'}  | https://shop.example/v"
        })
        void redirect(String hook, String url) throws Exception {
            assertThat(instruction("[{'verb':'redirect','actionHook':" + hook + "}]"))
                    .isEqualTo(new Instruction.Redirect(URI.create(url)));
        }

        @Test
        void conference() throws Exception {
            assertThat(instruction("[{'verb':'conference','name':'weekly','beep':true}]"))
                    .isEqualTo(Instructions.room("weekly"));
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "say", "play", "gather", "pause", "hangup", "listen", "enqueue", "config", "tag", "llm", "dialogflow", "rest:dial", "dance"
        })
        void areIgnoredWithAReason(String verb) throws Exception {
            Answer answer = read("[{'verb':'" + verb + "'}]");

            assertThat(answer.instruction()).isEmpty();
            assertThat(answer.verbs()).singleElement().satisfies(one -> {
                assertThat(one.where()).isEqualTo("[0]");
                assertThat(one.followed()).isFalse();
                assertThat(one.why()).isNotBlank();
                assertThat(one.dialNotFollowed()).isFalse();
            });
        }

        @Test
        void noVerbsDecideNothing() throws Exception {
            assertThat(read("[]")).isEqualTo(new Answer(Optional.empty(), List.of()));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "[{'verb':'sip:decline'}]                            | [0] has no status",
            "[{'verb':'sip:decline','status':'486'}]             | [0].status is not a SIP status",
            "[{'verb':'sip:decline','status':200}]               | [0].status is not a SIP status",
            "[{'verb':'sip:decline','status':700}]               | [0].status is not a SIP status",
            "[{'verb':'sip:decline','status':407}]               | [0].status is not a SIP status",
            "[{'verb':'sip:decline','status':486.5}]             | [0].status is not a SIP status",
            "[{'verb':'sip:decline','status':486,'reason':'a\\r\\nVia: b'}] | [0].reason has control characters",
            "[{'verb':'sip:refer'}]                              | [0] has no referTo",
            "[{'verb':'sip:refer','referTo':'ann'}]              | [0].referTo is not a telephone number",
            "[{'verb':'redirect'}]                               | [0] has no actionHook",
            "[{'verb':'redirect','actionHook':'ftp://a/b'}]      | [0].actionHook is not an http or https URL",
            "[{'verb':'redirect','actionHook':'http://a b'}]     | [0].actionHook is not an http or https URL",
            "[{'verb':'redirect','actionHook':{'method':'GET'}}] | [0].actionHook has no url",
            "[{'verb':'conference'}]                             | [0] has no name",
            "[{'verb':'say'},{'verb':'sip:decline'}]             | [1] has no status",
            "[{'verb':7}]                                        | [0].verb is not a text",
            "[{'say':'hello'}]                                   | [0] has no verb",
            "['dial']                                            | [0] is not an object",
            "[[]]                                                | [0] is not an object",
            "[null]                                              | [0] is not an object"
        })
        void areNonsense(String answer, String message) {
            assertThatThrownBy(() -> read(answer))
                    .isInstanceOf(UnusableAnswerException.class)
                    .hasMessageStartingWith(message);
        }
    }

    @Nested
    class ShortForm {
        @Test
        void roomWithEverything() throws Exception {
            Instruction room = instruction("""
                    {'room':'orders-7','room_must_exist':true,'agents':['orders',{'name':'notes','metadata':{'order':7}}],
                     'metadata':'vip','config':{'language':'fr'},'answer_policy':'immediate'}""");

            assertThat(room).isEqualTo(new Instruction.Room(
                    "orders-7", true, List.of(new Agent("orders", ""), new Agent("notes", "{\"order\":7}")), "vip",
                    EventJson.MAPPER.createObjectNode().put("language", "fr"), Optional.of(AnswerPolicy.IMMEDIATE)));
        }

        @Test
        void roomAlone() throws Exception {
            assertThat(instruction("{'room':'orders-7'}")).isEqualTo(Instructions.room("orders-7"));
        }

        @Test
        void othersAndWhatIsNotUsed() throws Exception {
            assertThat(instruction("{'forward':'sip:ann@pbx.example'}")).isEqualTo(Instruction.Forward.to("sip:ann@pbx.example"));
            assertThat(instruction("{'forward':'sip:orders@rooms.shop.example'}")).isEqualTo(Instructions.room("orders"));
            assertThat(instruction("{'forward':'+3225550100'}")).isEqualTo(Instruction.Forward.to("+3225550100"));
            assertThat(instruction("{'forward':[['+3225550100','1000'],{'to':'+3225550101','ring_seconds':9}],'answer_policy':'immediate'}"))
                    .isEqualTo(new Instruction.Forward(
                            new ForwardPlan(List.of(
                                    new ForwardRound(
                                            List.of(new ForwardTarget("+3225550100", Optional.empty(), Map.of()),
                                                    new ForwardTarget("1000", Optional.empty(), Map.of())),
                                            20),
                                    new ForwardRound(List.of(new ForwardTarget("+3225550101", Optional.empty(), Map.of())), 9))),
                            Optional.of(AnswerPolicy.IMMEDIATE)));
            assertThat(instruction("{'refer':'+3225550199'}")).isEqualTo(new Instruction.Refer("tel:+3225550199"));
            assertThat(instruction("{'decline':486,'reason':'Full'}")).isEqualTo(new Instruction.Decline(486, "Full"));
            assertThat(instruction("{'redirect':'/other'}"))
                    .isEqualTo(new Instruction.Redirect(URI.create("https://shop.example/other")));
            assertThat(read("{'room':'a','agent':'typo'}").verbs().getFirst().why())
                    .isEqualTo("the call goes to room a; not used: agent");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{}                                      | the answer has none of [room",
            "{'rooms':'a'}                           | the answer has none of [room",
            "{'room':'a','decline':486}              | the answer has several of [room",
            "{'room':7}                              | room is not a text",
            "{'room':'a','agents':'demo'}            | agents is not a list",
            "{'room':'a','agents':[{'metadata':''}]} | agents[0] has no name",
            "{'room':'a','agents':[7]}               | agents[0] is not an object",
            "{'room':'a','metadata':7}               | metadata is not an object",
            "{'room':'a','config':[]}                | config is not an object",
            "{'room':'a','room_must_exist':'yes'}    | room_must_exist is neither true nor false",
            "{'room':'a','answer_policy':'never'}    | answer_policy is not an answer policy",
            "{'decline':'busy'}                      | decline is not a SIP status",
            "{'redirect':'ws://a/b'}                 | redirect is not an http or https URL",
            "{'forward':'sip:a b'}                   | forward is not a SIP URI",
            "{'forward':'desk'}                      | forward write a number",
            "{'forward':[{'to':'1000','ring':5}]}    | forward[0].ring is not known"
        })
        void nonsense(String answer, String message) {
            assertThatThrownBy(() -> read(answer))
                    .isInstanceOf(UnusableAnswerException.class)
                    .hasMessageStartingWith(message);
        }
    }

    @Nested
    class Json {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "''                     | the answer is empty",
            "<html>secret</html>    | the answer is not JSON at line 1",
            "[{'verb':'say'}] again | the answer is not JSON at line 1",
            "{'room':'a','room':'b'}| the answer is not JSON at line 1",
            "[{'verb':'say'         | the answer is not JSON at line 1",
            "7                      | the answer is neither a list of verbs nor an object",
            "null                   | the answer is neither a list of verbs nor an object"
        })
        void nonsense(String answer, String message) {
            assertThatThrownBy(() -> read("''".equals(answer) ? "" : answer))
                    .isInstanceOf(UnusableAnswerException.class)
                    .hasMessageStartingWith(message)
                    .hasMessageNotContaining("secret");
        }

        @Test
        void tooDeep() {
            assertThatThrownBy(() -> read("[".repeat(33) + "]".repeat(33)))
                    .hasMessageStartingWith("the answer is too large");
        }

        @Test
        void tooLong() {
            assertThatThrownBy(() -> read("[" + " ".repeat(AnswerReader.LONGEST) + "]"))
                    .hasMessageStartingWith("the answer is too large");
        }
    }
}
