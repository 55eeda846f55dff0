package dev.trunkline.router.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Decides made-up calls before the first real one, so that classes are loaded, ciphers chosen and the hot code compiled
 * by the time health reports ready.
 */
public final class WarmUp {
    private static final int CALLS = 2_000;
    /** On a machine that is busy with other work, becoming ready late is worse than a slow first call. */
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final String NUMBER = "+12025550100";

    private final Routing routing;
    private final SealedCallers seals;

    public WarmUp(Routing routing, SealedCallers seals) {
        this.routing = routing;
        this.seals = seals;
    }

    public void run() {
        Directory directory = directory();
        var trunk = new InboundTrunk("t", "warm-up", List.of(), Optional.of("US"), List.of(), List.of(), List.of());
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS && System.nanoTime() - begin < LONGEST.toNanos(); i++) {
            CallId id = new CallId(new UUID(0, i));
            String sealed = seals.seal(id, new CallerSecrets("+12025550199", "", "", Map.of()));
            Call call = new Call(
                    id, trunk.ref(), "2025550100", trunk.plan().normalise("2025550100").text(),
                    new Caller("0123456789abcdef", false), Optional.of(seals.open(id, sealed).number()), Map.of(),
                    Optional.empty(), Instant.EPOCH);
            routing.decide(call, directory);
        }
    }

    private static Directory directory() {
        var nothing = JsonNodeFactory.instance.objectNode();
        return Directory.of(
                0,
                List.of(new Organisation("o", "warm-up", nothing, OptionalInt.empty(), Optional.empty())),
                List.of(new PhoneNumber(NUMBER, "o", true, "", nothing, 1, Optional.empty())),
                List.of(new InboundTrunk(
                        "t", "warm-up", List.of(), Optional.of("US"), List.of(), List.of(NUMBER), List.of())),
                List.of(new DispatchRule(
                        "r", "warm-up", Optional.empty(), List.of("t"),
                        RuleTerms.to(new Destination.Room(new RoomChoice.Individual("call", false), false))
                                .forNumbers(List.of(NUMBER), List.of("+1*")),
                        0, Instant.EPOCH)));
    }
}
