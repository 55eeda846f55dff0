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
 * Trunks that stand in a request itself: the directory gets one for each that is asked for, named for what it is, and loses it an hour
 * after it was used last. Which countries they may call the operator says: a request names its own gateway and bill, not its own guard.
 * Thread-safe.
 */
public final class InlineTrunks {
    static final String PREFIX = "livekit-inline-";

    private static final Logger LOG = Logger.getLogger(InlineTrunks.class);
    private static final Duration UNUSED = Duration.ofHours(1);
    /** More at once are somebody's mistake. */
    private static final int MOST = 1_000;

    private final Router router;
    private final List<String> countries;
    private final Optional<String> organisation;
    private final byte[] key;
    private final InstantSource clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /**
     * @param countries ISO 3166 codes that they may call; empty for no such trunks at all
     * @param organisation whose they are; empty for the suite's
     * @param secret from which their names follow; the same in each replica
     */
    public InlineTrunks(Router router, List<String> countries, Optional<String> organisation, String secret, InstantSource clock) {
        this.router = router;
        this.countries = countries.stream().map(country -> country.strip().toUpperCase(Locale.ROOT)).toList();
        this.organisation = organisation;
        this.key = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** @throws RpcException if there may be none, in words that say what to do */
    TrunkFinder.Found find(CreateRequest request) throws RpcException, IOException, InterruptedException {
        if (countries.isEmpty()) {
            throw new RpcException(RpcCode.UNIMPLEMENTED,
                    "A trunk given inline is not taken here: create an outbound trunk and send its id as sip_trunk_id, or have TRUNKLINE_LIVEKIT_SIP_INLINE_COUNTRIES set.");
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
            LOG.infof("trunk=%s is made for a request that has it inline", name);
        }
        used.put(name, clock.instant());
        return new TrunkFinder.Found(name, organisation, Optional.of(request.number()));
    }

    /** As the directory has it. */
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

    /** Removes those that nobody has used for an hour. @throws InterruptedException where the process ends */
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

    /** Keyed: the password is in it, and names are no secret. */
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
