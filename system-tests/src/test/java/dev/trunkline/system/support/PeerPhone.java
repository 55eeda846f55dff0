package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A phone that shares no code with ours: it calls and is called, sends a tone and reports which tones it hears. */
public final class PeerPhone implements AutoCloseable {
    public static final String ADDRESS = "127.0.0.1";
    /** The tone that it sends, in Hz; baresip echoes what it hears instead. */
    public static final int TONE = 700;

    /** The phone program. */
    public enum Program {
        PJSIP("pjsip", 19_076),
        /** Also uses the two ports above. It accepts calls only to its own user name. */
        BARESIP("baresip", 19_092),
        LINPHONE("linphone", 19_096);

        private final String script;
        private final int port;

        Program(String script, int port) {
            this.script = script;
            this.port = port;
        }

        public int port() {
            return port;
        }

        /** Returns the port on which it listens for this transport: TLS uses the port above. */
        public int port(Way way) {
            return way.isTls() ? port + 1 : port;
        }
    }

    /** The transport and encryption of its calls. */
    public enum Way {
        UDP("udp", false),
        TCP("tcp", false),
        /** TLS with SRTP, whose keys nobody else can read. */
        TLS("tls", true),
        SRTP("udp", true);

        private final String transport;
        private final boolean srtp;

        Way(String transport, boolean srtp) {
            this.transport = transport;
            this.srtp = srtp;
        }

        public boolean isTls() {
            return this == TLS;
        }

        /** Returns the SIP transport, as written in a directory file. */
        public String transport() {
            return transport;
        }

        /** Returns the SRTP setting of an outbound trunk that leads to such a phone. */
        public String srtp() {
            return srtp ? "require" : "off";
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Fourier windows of 100 ms resolve frequencies to 10 Hz. */
    private static final int NEAR_HERTZ = 20;

    private final JsonProcess program;
    private final Way way;

    private PeerPhone(JsonProcess program, Way way) {
        this.program = program;
        this.way = way;
    }

    /** Starts it, and returns when it can call and be called. @param codec by the program's name for it */
    static PeerPhone start(Program program, Path module, Path target, String user, String codec, Way way, Certificates certificates)
            throws IOException, InterruptedException {
        prepare(program, target);
        Path folder = target.resolve(program.script);
        Files.createDirectories(folder);
        Map<String, String> settings = new HashMap<>(Map.of(
                "PHONE_PORT", Integer.toString(program.port), "PHONE_USER", user, "PHONE_CODEC", codec, "PHONE_TRANSPORT", way.transport,
                "PHONE_TONE", Integer.toString(TONE), "PHONE_FOLDER", folder.toString()));
        if (way.isTls()) {
            settings.put("PHONE_AUTHORITY", certificates.authority().toString());
            settings.put("PHONE_CERTIFICATE", certificates.certificate(ADDRESS).toString());
            settings.put("PHONE_KEY", certificates.key(ADDRESS).toString());
        }
        if (way.srtp) {
            settings.put("PHONE_SRTP", "yes");
        }
        var phone = new PeerPhone(python(module, target).start(program.script + ".py", settings, folder.resolve("phone.log")), way);
        try {
            phone.await("ready", said -> true);
            return phone;
        } catch (AssertionError notReady) {
            // The next phone needs its ports.
            phone.close();
            throw notReady;
        }
    }

    /** Installs what a phone needs in addition to Python. @throws IOException that says what to install */
    static void prepare(Program program, Path target) throws IOException, InterruptedException {
        switch (program) {
            case PJSIP -> {}
            case BARESIP -> installUnlessThere("/usr/bin/baresip", "baresip-core", target);
            case LINPHONE -> installUnlessThere("/usr/bin/linphonec", "linphone-cli", target);
        }
    }

    private static void installUnlessThere(String program, String debianPackage, Path target) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(program))) {
            DebianPackage.install(debianPackage, target);
        }
    }

    /** Prepares Python. @throws IOException that says what to install */
    static Python python(Path module, Path target) throws IOException, InterruptedException {
        return Python.prepare(module.resolve("src/test/python/phones"), target);
    }

    private JsonNode await(String event, Predicate<JsonNode> wanted) {
        return program.await(
                "the phone reports: " + event, PATIENCE, said -> said.path("event").asText().equals(event) && wanted.test(said));
    }

    /** Returns the transport and encryption of its calls. */
    public Way way() {
        return way;
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

    /** Asks the other side, by REFER, to call this URI. */
    public void transfer(String uri) {
        program.tell("transfer " + uri);
    }

    /** Asks the other side of its first call to take its place in the second (REFER with Replaces). baresip does not support this. */
    public void joinItsTwoCalls() {
        program.tell("attended");
    }

    /** Makes it decline REFER requests from now on. Only PJSIP supports this. */
    public void refuseTransfers() {
        program.tell("refuse-transfers");
        await("refuses-transfers", said -> true);
    }

    /** Waits for the NOTIFY that reports the result. @param status of the last one */
    public void awaitTransferred(int status) {
        await("transfer", said -> said.path("final").asBoolean() && said.path("status").asInt() == status);
    }

    /** Waits until a REFER asks it to call somebody. */
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

    /** Waits until this many of its calls are over. */
    public void awaitOver(int calls) {
        Await.until("it has no call any more", PATIENCE, () -> program.said().stream()
                .filter(said -> said.path("event").asText().equals("call") && said.path("state").asText().startsWith("DISCONN"))
                .count() >= calls);
    }

    /** Waits until it has heard this tone for this many more windows of 100 ms from now on. */
    public void awaitMore(int hertz, int windows) {
        long heard = windowsOf(hertz);
        Await.until("the phone hears " + hertz + " Hz", PATIENCE, () -> windowsOf(hertz) >= heard + windows);
    }

    private long windowsOf(int hertz) {
        return program.said().stream()
                .filter(said -> said.path("event").asText().equals("tone"))
                .filter(said -> Math.abs(said.path("hertz").asInt() - hertz) <= NEAR_HERTZ)
                .count();
    }

    @Override
    public void close() {
        program.close();
    }
}
