package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.system.support.AgentWorker;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The programs of {@code docs/agents.md}, exactly as printed there, with LiveKit's own agents SDKs in Python and in Node. */
@ExtendWith(SuiteExtension.class)
class AgentPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String CALLER = "+32470850001";
    private static final String FRENCH = "+3225551700";
    private static final String DUTCH = "+3225551701";
    /** The tone that the programs play for a word in each language. */
    private static final int FRENCH_TONE = 550;
    private static final int DUTCH_TONE = 660;

    private final SuiteUnderTest suite;

    AgentPageIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void theWorkerInPythonGreetsByTheNumbersConfiguration() throws Exception {
        try (AgentWorker worker = suite.pythonGreeter("greeter-python", 19_186)) {
            greets("greeter-python", worker.awaitRegistered());
        }
    }

    @Test
    void theWorkerInNodeGreetsByTheNumbersConfiguration() throws Exception {
        try (AgentWorker worker = suite.nodeGreeter("greeter-node", 19_187)) {
            greets("greeter-node", worker.awaitRegistered());
        }
    }

    private void greets(String agent, AgentWorker worker) throws Exception {
        suite.apply("""
                organisations:
                  - name: greeted
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    config: {language: fr, greeting: Bonjour}
                    numbers:
                      - {phone_number: "%s", label: Commandes, max_concurrent_calls: 5,
                         config_override: {greeting: Bonjour et bienvenue chez nous}}
                      - {phone_number: "%s", label: Bestellingen, max_concurrent_calls: 5,
                         config_override: {language: nl, greeting: Goede dag en hartelijk welkom}}
                rules:
                  - {name: greeted, organisation: greeted, trunks: [demo], numbers: ["%s", "%s"], type: individual,
                     room_prefix: greeted, agents: [{name: %s, metadata: {role: orders}}], patience_seconds: 30}
                """.formatted(FRENCH, DUTCH, FRENCH, DUTCH, agent));
        try (Phone phone = suite.phone()) {
            Call french = dial(phone, FRENCH);
            assertHears(french, FRENCH_TONE, DUTCH_TONE);
            worker.awaitLine(FRENCH + " (Commandes): Bonjour et bienvenue chez nous, in fr, as orders");
            assertThat(suite.events().of(french).await(AgentJoined.class).kind()).isEqualTo("agent");

            french.sendDtmf('5');
            Await.until("the phone hears the key that it pressed", PATIENCE, () -> french.media().digits().stream()
                    .map(ReceivedDigit::digit).toList().equals(List.of('5')));
            french.sendDtmf('#');
            CallEnd end = french.awaitEnd(PATIENCE).orElseThrow();
            assertThat(end.by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(end.reason()).hasValue("SIP;cause=200;text=\"room-closed\"");
            suite.events().of(french).assertEnded(EndReason.ROOM_CLOSED);

            Call dutch = dial(phone, DUTCH);
            assertHears(dutch, DUTCH_TONE, FRENCH_TONE);
            worker.awaitLine(DUTCH + " (Bestellingen): Goede dag en hartelijk welkom, in nl, as orders");
            assertThat(dutch.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(dutch).assertEnded(EndReason.CALLER_HUNG_UP);
            Await.until("the agent leaves the room that its caller left", PATIENCE, () -> isEmpty("greeted"));
        }
    }

    private static Call dial(Phone phone, String number) {
        Call call = phone.dial(CallRequest.to(number).from(CALLER).listeningFor(FRENCH_TONE, DUTCH_TONE));
        call.awaitAnswer(PATIENCE);
        return call;
    }

    /** Five words are five notes of 200 ms. */
    private static void assertHears(Call call, int hertz, int not) {
        Await.until("the phone hears " + hertz + " Hz", PATIENCE, () -> call.media().heardMillis(hertz) >= 400);
        assertThat(call.media().heardMillis(not)).isZero();
    }

    private boolean isEmpty(String beginning) {
        try {
            return suite.rooms().occupied(beginning).isEmpty();
        } catch (java.io.IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
