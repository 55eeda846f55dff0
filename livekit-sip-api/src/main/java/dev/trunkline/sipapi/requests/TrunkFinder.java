package dev.trunkline.sipapi.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.psrpc.RedisBus;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import dev.trunkline.sipapi.router.Router;
import dev.trunkline.sipapi.wire.CreateRequest;
import dev.trunkline.sipapi.wire.MalformedException;
import dev.trunkline.sipapi.wire.OutboundTrunkName;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Finds the directory's outbound trunk for a request: the one that has the name of LiveKit's trunk, or LiveKit's id as its
 * name. LiveKit sends the id; the trunk's name is stored in LiveKit's Redis.
 */
final class TrunkFinder {
    private static final Logger LOG = Logger.getLogger(TrunkFinder.class);
    private static final String STORED = "sip_outbound_trunk";
    private static final long REDIS_MILLIS = 2_000;
    /** Names that may be looked up; the directory's own names are no wider. */
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,128}");

    private final Router router;
    private final RedisBus redis;
    private final InlineTrunks inline;

    /** @param callerId the number that the trunk always shows; empty if it shows the organisation's */
    record Found(String name, Optional<String> organisation, Optional<String> callerId) {}

    TrunkFinder(Router router, RedisBus redis, InlineTrunks inline) {
        this.inline = inline;
        this.router = router;
        this.redis = redis;
    }

    /** @throws RpcException if there is none, with a message that says what to do */
    Found find(CreateRequest request) throws RpcException, IOException, InterruptedException {
        if (request.sipTrunkId().isEmpty()) {
            return inline.find(request);
        }
        for (String name : names(request.sipTrunkId())) {
            Router.Answer answer = router.outboundTrunk(name);
            if (answer.ok() && isOf(request.sipTrunkId(), answer.body())) {
                return found(name, answer.body());
            }
            if (!answer.ok() && answer.status() != 404 && answer.status() != 400) {
                throw Errors.ofRouter(answer);
            }
        }
        throw new RpcException(RpcCode.NOT_FOUND,
                ("Trunkline's directory has no outbound trunk for %s: apply one that has the name of LiveKit's trunk,"
                        + " or its id in lower case as its name.").formatted(request.sipTrunkId()));
    }

    /**
     * Returns whether a trunk of the directory corresponds to a LiveKit id. Two of LiveKit's trunks may have the same name; the
     * directory's trunk corresponds to the one that it came from.
     */
    static boolean isOf(String id, JsonNode trunk) {
        String from = trunk.path("livekit_id").asText("");
        return from.isEmpty() || from.equals(id);
    }

    private static Found found(String name, JsonNode trunk) {
        return new Found(
                name,
                Optional.of(trunk.path("organisation").asText("")).filter(text -> !text.isEmpty()),
                Optional.of(trunk.path("caller_id").path("number").asText("")).filter(text -> !text.isEmpty()));
    }

    private Set<String> names(String id) throws InterruptedException {
        Set<String> names = new LinkedHashSet<>();
        names.add(id.toLowerCase(Locale.ROOT));
        stored(id).ifPresent(name -> {
            names.add(name);
            names.add(name.toLowerCase(Locale.ROOT));
        });
        names.removeIf(name -> !NAME.matcher(name).matches());
        return names;
    }

    private Optional<String> stored(String id) throws InterruptedException {
        try {
            Optional<byte[]> trunk = redis.field(STORED, id).toCompletableFuture().get(REDIS_MILLIS, TimeUnit.MILLISECONDS);
            return trunk.isEmpty() ? Optional.empty() : Optional.of(OutboundTrunkName.read(trunk.get())).filter(name -> !name.isEmpty());
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("LiveKit's Redis did not return the name of trunk %s: %s", id, e.getMessage());
            return Optional.empty();
        } catch (MalformedException e) {
            LOG.warnf("the record of trunk %s in LiveKit's Redis cannot be read: %s", id, e.getMessage());
            return Optional.empty();
        }
    }
}
