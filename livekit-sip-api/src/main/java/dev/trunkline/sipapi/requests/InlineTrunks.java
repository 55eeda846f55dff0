package dev.trunkline.sipapi.requests;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import dev.trunkline.sipapi.router.Router;
import dev.trunkline.sipapi.wire.CreateRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/**
 * Trunks given inline in a request. Each distinct one is created in the directory, under a name derived from its content, and
 * removed an hour after its last use. The operator sets the countries that they may call: a request chooses its own gateway and
 * account, but not its own guard. Thread-safe.
 */
public final class InlineTrunks {
    static final String PREFIX = "livekit-inline-";

    private static final Logger LOG = Logger.getLogger(InlineTrunks.class);
    private static final Duration UNUSED = Duration.ofHours(1);
    /** Maximum number of inline trunks; more are a client's mistake. */
    private static final int MOST = 1_000;

    private final Router router;
    private final List<String> countries;
    private final Optional<String> organisation;
    private final byte[] key;
    private final InstantSource clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /**
     * @param countries ISO 3166 codes that they may call; empty to allow no such trunks at all
     * @param organisation their owner; empty for the suite
     * @param secret from which their names are derived; the same in each replica
     */
    public InlineTrunks(Router router, List<String> countries, Optional<String> organisation, String secret, InstantSource clock) {
        this.router = router;
        this.countries = countries.stream().map(country -> country.strip().toUpperCase(Locale.ROOT)).toList();
        this.organisation = organisation;
        this.key = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** @throws RpcException if it is not allowed, with a message that says what to do */
    TrunkFinder.Found find(CreateRequest request) throws RpcException, IOException, InterruptedException {
        if (countries.isEmpty()) {
            throw new RpcException(RpcCode.UNIMPLEMENTED,
                    "A trunk given inline is not accepted here: create an outbound trunk and send its id as sip_trunk_id,"
                            + " or have TRUNKLINE_LIVEKIT_SIP_INLINE_COUNTRIES set.");
        }
        if (request.address().isEmpty()) {
            throw new RpcException(RpcCode.INVALID_ARGUMENT, "trunk hostname must be set");
        }
        ObjectNode trunk = written(request, countries, organisation);
        String name = PREFIX + digest(trunk.toString());
        if (!used.containsKey(name)) {
            if (used.size() >= MOST) {
                throw new RpcException(RpcCode.RESOURCE_EXHAUSTED, "Too many different trunks are given inline: create outbound trunks.");
            }
            Router.Answer made = router.putOutboundTrunk(name, trunk);
            if (!made.ok()) {
                throw Errors.ofRouter(made);
            }
            LOG.infof("trunk=%s is created for a request that has it inline", name);
        }
        used.put(name, clock.instant());
        return new TrunkFinder.Found(name, organisation, Optional.of(request.number()));
    }

    /** Returns the trunk in the directory's form. */
    static ObjectNode written(CreateRequest request, List<String> countries, Optional<String> organisation) {
        ObjectNode trunk = JsonNodeFactory.instance.objectNode();
        organisation.ifPresent(name -> trunk.put("organisation", name));
        ObjectNode gateway = trunk.putArray("gateways").addObject();
        String address = request.address();
        int colon = address.lastIndexOf(':');
        boolean port = colon > 0 && address.indexOf(':') == colon && address.substring(colon + 1).matches("[0-9]{1,5}");
        gateway.put("host", port ? address.substring(0, colon) : address);
        if (port) {
            gateway.put("port", Integer.parseInt(address.substring(colon + 1)));
        }
        if (request.account().transport() != CreateRequest.Transport.AUTO) {
            gateway.put("transport", request.account().transport().name().toLowerCase(Locale.ROOT));
        }
        if (!request.account().username().isEmpty()) {
            trunk.putObject("account").put("username", request.account().username()).put("password", request.account().password());
        }
        trunk.putObject("caller_id").put("number", request.number());
        ArrayNode allowed = trunk.putObject("allowed").putArray("countries");
        countries.forEach(allowed::add);
        trunk.putObject("dialling").put("country", countries.getFirst());
        return trunk;
    }

    /** Removes the trunks that have not been used for an hour. @throws InterruptedException if the process ends */
    public void sweep() throws InterruptedException {
        Instant before = clock.instant().minus(UNUSED);
        for (Map.Entry<String, Instant> one : used.entrySet()) {
            if (one.getValue().isBefore(before) && used.remove(one.getKey(), one.getValue())) {
                try {
                    router.removeOutboundTrunk(one.getKey());
                } catch (IOException e) {
                    used.putIfAbsent(one.getKey(), one.getValue());
                }
            }
        }
    }

    /** Returns a keyed digest: the text contains the password, and names are not secret. */
    private String digest(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 12);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HMAC-SHA-256", e);
        }
    }
}
