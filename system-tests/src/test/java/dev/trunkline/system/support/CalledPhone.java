package dev.trunkline.system.support;

import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.TakenCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A phone that is the only gateway of an outbound trunk of the organisation demo. */
public final class CalledPhone implements AutoCloseable {
    public static final String TRUNK = "it-phone";
    /** The trunk of a second phone. */
    public static final String SECOND_TRUNK = "it-second-phone";
    /** The tone that it sends, in Hz. */
    public static final int TONE = 950;

    private static final String ADDRESS = "127.0.0.1";
    private static final int PORT = 19_070;
    private static final int SECOND_PORT = 19_071;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RINGING = Duration.ofMillis(500);

    private final AnsweringPhone phone;

    private CalledPhone(AnsweringPhone phone) {
        this.phone = phone;
    }

    /** Opens it, and returns when the edge has found it there. */
    public static CalledPhone open(SuiteUnderTest suite) throws IOException, InterruptedException {
        return open(suite.asAdmin(), TRUNK, PORT);
    }

    /** Opens a second phone. */
    public static CalledPhone openSecond(SuiteUnderTest suite) throws IOException, InterruptedException {
        return open(suite.asAdmin(), SECOND_TRUNK, SECOND_PORT);
    }

    /** Opens a phone for the suite of this router. */
    public static CalledPhone open(RouterApi router) throws IOException, InterruptedException {
        return open(router, TRUNK, PORT);
    }

    /** Opens a second phone for the suite of this router. */
    public static CalledPhone openSecond(RouterApi router) throws IOException, InterruptedException {
        return open(router, SECOND_TRUNK, SECOND_PORT);
    }

    private static CalledPhone open(RouterApi router, String trunk, int port) throws IOException, InterruptedException {
        var called = new CalledPhone(AnsweringPhone.open(PhoneSettings.answering(ADDRESS, port), answers()));
        router.json("POST", "/directory/apply", """
                outbound_trunks:
                  - name: %s
                    organisation: demo
                    gateways: [{host: %s, port: %d, transport: udp}]
                    caller_id: {number: "+3225550100"}
                    dialling: {country: BE}
                """.formatted(trunk, ADDRESS, port));
        awaitUp(router, trunk);
        return called;
    }

    /** Returns the address at which it is called. */
    public static String address() {
        return ADDRESS + ":" + PORT;
    }

    /** Waits until the edge has found a gateway of an outbound trunk. */
    public static void awaitUp(SuiteUnderTest suite, String trunk) {
        awaitUp(suite.asAdmin(), trunk);
    }

    /** Waits for the same in the suite of this router. */
    public static void awaitUp(RouterApi router, String trunk) {
        awaitUp(router, trunk, "");
    }

    /**
     * Waits until the edge has found this gateway of an outbound trunk, which may have had another before.
     *
     * @param gateway how the edge names it, or the beginning of that: {@code 127.0.0.1:5060;transport=udp}
     */
    public static void awaitUp(RouterApi router, String trunk, String gateway) {
        Await.until("the gateway " + gateway + " of " + trunk + " is up", PATIENCE, () -> isUp(router, trunk, gateway));
    }

    private static boolean isUp(RouterApi router, String trunk, String gateway) {
        try {
            return router.json("GET", "/gateways?trunk=" + trunk, "").path("gateways").valueStream()
                    .flatMap(standing -> standing.path("gateways").valueStream())
                    .anyMatch(one -> one.path("up").asBoolean() && one.path("gateway").asText().startsWith(gateway));
        } catch (IOException | AssertionError e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Answers soon and sends {@link #TONE}. @param hears frequencies to measure in what it hears */
    public static Answering answers(Integer... hears) {
        return Answering.after(RINGING).saying(AudioSource.tone(TONE)).listeningFor(hears);
    }

    /** Sets what it does with further calls. */
    public void does(Answering answering) {
        phone.answering(answering);
    }

    /** Waits for the next call. */
    public TakenCall awaitCall() throws InterruptedException {
        return phone.awaitCall(PATIENCE);
    }

    /** Returns all calls that came, including refused ones. */
    public List<TakenCall> taken() {
        return phone.calls();
    }

    /** Returns how often it was called. */
    public int calls() {
        return phone.calls().size();
    }

    @Override
    public void close() {
        phone.close();
    }
}
