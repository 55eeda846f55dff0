package dev.trunkline.system.support;

import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Trunks and rules made through LiveKit's API, so every node behind its server knows them: callers from one address to two
 * numbers, each answered by the demo's agent, and outbound calls to a {@link CalledPhone}.
 */
public final class SharedTrunks implements AutoCloseable {
    /** A number answered by an agent that sends Opus, as agents on LiveKit's SDKs do. */
    public static final String OPUS = "+3225551700";
    /** A number answered by an agent that sends the caller's own codec. */
    public static final String G711 = "+3225551701";
    /** The number that outbound calls show. */
    public static final String SHOWN = "+3225550100";

    private static final String AGENT = "demo";
    private static final String SAYS_OPUS = "{\"scenario\": \"echo\", \"codec\": \"opus\"}";
    private static final String SAYS_G711 = "{\"scenario\": \"echo\"}";
    private static final String PEER = "127.0.0.31";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GuardedSuite suite;
    private final LiveKitSip liveKit;
    private final CalledPhone callee;
    private final List<String> inbound;
    private final List<String> rules;
    private final String outbound;

    private SharedTrunks(GuardedSuite suite) throws IOException, InterruptedException {
        this.suite = suite;
        liveKit = suite.liveKitSip();
        callee = CalledPhone.open(suite.router());
        outbound = liveKit.outboundTrunk(CalledPhone.TRUNK, CalledPhone.address(), SHOWN);
        inbound = List.of(liveKit.inboundTrunk("shared-opus", OPUS, PEER), liveKit.inboundTrunk("shared-g711", G711, PEER));
        rules = List.of(
                liveKit.rule("shared-opus", "opus", inbound.get(0), AGENT, SAYS_OPUS),
                liveKit.rule("shared-g711", "g711", inbound.get(1), AGENT, SAYS_G711));
    }

    /** Makes them, and returns when the suite has imported them. */
    public static SharedTrunks of(GuardedSuite suite) throws IOException, InterruptedException {
        suite.letDemoCall();
        var trunks = new SharedTrunks(suite);
        Await.until("the directory has the rules that were made", PATIENCE, trunks::areInTheDirectory);
        Await.until("LiveKit's SIP API is answered", PATIENCE, () -> suite.isReady("livekit-sip-api"));
        return trunks;
    }

    private boolean areInTheDirectory() {
        try {
            List<String> ids = suite.router().json("GET", "/livekit/provisioning", "").path("items").valueStream()
                    .filter(item -> item.has("name")).map(item -> item.path("id").asText()).toList();
            return ids.containsAll(rules) && ids.containsAll(inbound);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens a phone that calls the node at this port. */
    public static Phone phone(int port) throws IOException {
        return Phone.open(PhoneSettings.calling("127.0.0.1", port).bindTo(PEER));
    }

    /** Returns the phone that outbound calls ring. */
    public CalledPhone callee() {
        return callee;
    }

    /** Returns LiveKit's id of the outbound trunk. */
    public String outbound() {
        return outbound;
    }

    /** Dispatches an agent to an outbound call. */
    public void dispatch(String room, boolean opus) throws IOException {
        liveKit.dispatch(room, AGENT, opus ? SAYS_OPUS : SAYS_G711);
    }

    @Override
    public void close() throws IOException {
        callee.close();
        for (String rule : rules) {
            liveKit.deleteRule(rule);
        }
        for (String trunk : inbound) {
            liveKit.deleteTrunk(trunk);
        }
        liveKit.deleteTrunk(outbound);
    }
}
