package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A phone by PJSIP, which shares no code with ours: it calls and is called, says a tone and tells which tones it hears. */
public final class PjsipPhone implements AutoCloseable {
    public static final String ADDRESS = "127.0.0.1";
    public static final int PORT = 19_076;
    /** What it says, in Hz. */
    public static final int TONE = 700;

    /** How its calls go. */
    public enum Way {
        UDP("udp", false),
        TCP("tcp", false),
        SRTP("udp", true);

        private final String transport;
        private final boolean srtp;

        Way(String transport, boolean srtp) {
            this.transport = transport;
            this.srtp = srtp;
        }

        /** Of SIP, as a directory file writes it. */
        public String transport() {
            return transport;
        }

        /** What an outbound trunk that leads to such a phone says of SRTP. */
        public String srtp() {
            return srtp ? "require" : "off";
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JsonProcess program;

    private PjsipPhone(JsonProcess program) {
        this.program = program;
    }

    /** Starts it, and returns when it can call and be called. @param codec PCMA, PCMU or G722 */
    static PjsipPhone start(Path module, Path target, String user, String codec, Way way) throws IOException, InterruptedException {
        Path logs = target.resolve("pjsip");
        Map<String, String> settings = new HashMap<>(Map.of(
                "PHONE_PORT", Integer.toString(PORT), "PHONE_USER", user, "PHONE_CODEC", codec, "PHONE_TRANSPORT", way.transport,
                "PHONE_TONE", Integer.toString(TONE), "PHONE_LOG", logs.resolve("pjsip.log").toString()));
        if (way.srtp) {
            settings.put("PHONE_SRTP", "yes");
        }
        var phone = new PjsipPhone(python(module, target).start("phone.py", settings, logs.resolve("phone.log")));
        phone.await("ready", said -> true);
        return phone;
    }

    /** @throws IOException that says what to install */
    static Python python(Path module, Path target) throws IOException, InterruptedException {
        return Python.prepare(module.resolve("src/test/python/pjsip"), target);
    }

    private JsonNode await(String event, Predicate<JsonNode> wanted) {
        return program.await(
                "the phone reports: " + event, PATIENCE, said -> said.path("event").asText().equals(event) && wanted.test(said));
    }

    public void dial(String number, InetSocketAddress edge) {
        program.tell("dial %s %s:%d".formatted(number, edge.getHostString(), edge.getPort()));
    }

    public void hold() {
        program.tell("hold");
    }

    public void resume() {
        program.tell("resume");
    }

    public void hangUp() {
        program.tell("hangup");
    }

    /** Asks the other side to call this URI. */
    public void transfer(String uri) {
        program.tell("transfer " + uri);
    }

    /** Waits until it is told by NOTIFY how that went. @param status of the last one */
    public void awaitTransferred(int status) {
        await("transfer", said -> said.path("final").asBoolean() && said.path("status").asInt() == status);
    }

    /** Waits until it is asked to call somebody. */
    public void awaitTransferRequest() {
        await("transfer-requested", said -> true);
    }

    /** Waits until its call is answered. */
    public void awaitUp() {
        await("call", said -> said.path("state").asText().equals("CONFIRMED"));
    }

    /** Waits until its call is over. */
    public void awaitOver() {
        await("call", said -> said.path("state").asText().startsWith("DISCONN"));
    }

    /** Waits until it has heard this tone for so many windows of 100 ms more than at this moment. */
    public void awaitMore(int hertz, int windows) {
        long heard = windowsOf(hertz);
        Await.until("the phone hears " + hertz + " Hz", PATIENCE, () -> windowsOf(hertz) >= heard + windows);
    }

    private long windowsOf(int hertz) {
        return program.said().stream()
                .filter(said -> said.path("event").asText().equals("tone"))
                .filter(said -> said.path("hertz").asInt() == hertz)
                .count();
    }

    @Override
    public void close() {
        program.close();
    }
}
