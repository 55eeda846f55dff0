package dev.trunkline.router.dialling;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.destinations.Target;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.TrunkView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a caller's side is asked to call itself (RFC 3515). For a public number, the same decision applies as for an
 * outbound call; an extension or a name of the PBX that the caller came by goes to that PBX, where it costs nobody else
 * anything. Pure.
 */
public final class Referring {
    private final Dialler dialler;

    /** The outcome. */
    public sealed interface Decision {
        List<TraceStep> trace();

        /** @param uri for Refer-To: {@code tel:} with a public number, {@code sip:} with an extension at its PBX */
        record Refer(String uri, List<TraceStep> trace) implements Decision {
            /** Leaves out the target: this record must not leak into a log line. */
            @Override
            public String toString() {
                return "Refer[…]";
            }
        }

        record Refuse(DialDecision.Refuse refusal) implements Decision {
            @Override
            public List<TraceStep> trace() {
                return refusal.trace();
            }
        }
    }

    public Referring(Dialler dialler) {
        this.dialler = dialler;
    }

    /** @param trunkId id of the trunk that the caller came by, or was called by */
    public Decision decide(DialRequest request, String trunkId, Directory directory) {
        Optional<Target> internal = Target.read(request.to()).filter(Target::isInternal);
        return internal.isPresent() ? toPbx(internal.get(), request, trunkId, directory) : toNumber(request, directory);
    }

    private Decision toNumber(DialRequest request, Directory directory) {
        return switch (dialler.decide(request, directory)) {
            case DialDecision.Refuse refusal -> new Decision.Refuse(refusal);
            case DialDecision.Dial dial -> {
                var trace = new ArrayList<>(dial.trace());
                trace.add(new TraceStep(
                        "refer", "The caller's side is asked to call the number itself; the limits on outbound calls do not count it."));
                yield new Decision.Refer("tel:" + dial.number(), List.copyOf(trace));
            }
        };
    }

    private static Decision toPbx(Target target, DialRequest request, String trunkId, Directory directory) {
        List<Place> places = places(request, trunkId, directory);
        Optional<Place> place = target.host().isEmpty()
                ? places.stream().findFirst()
                : target.host().map(host -> places.stream().filter(one -> one.host().equals(host)).findFirst()
                        .orElseGet(() -> new Place(host, OptionalInt.empty())));
        if (place.isEmpty()) {
            return refuse(RefusalReason.DESTINATION_INVALID, "The target is an extension, and the address of its PBX is not configured:"
                    + " write an address or a host into the trunk of the caller, or an outbound trunk with that trunk as"
                    + " inbound_trunk.");
        }
        if (!places.contains(place.get())) {
            return refuse(RefusalReason.DESTINATION_FORBIDDEN, "The host of the target's sip: URI is not that of the caller's PBX: write the"
                    + " extension alone.");
        }
        String user = target.digits().isEmpty() ? target.name() : target.digits();
        String host = place.get().text();
        return new Decision.Refer("sip:" + user + "@" + host, List.of(new TraceStep("refer",
                "The target is an extension or a name of the caller's PBX at %s, which is asked to call it.".formatted(host))));
    }

    private static Decision refuse(RefusalReason reason, String why) {
        return new Decision.Refuse(new DialDecision.Refuse(reason, List.of(new TraceStep(reason.code(), why))));
    }

    /**
     * Returns where the caller's PBX is: gateways of the outbound trunk that it was called by or that leads back to it,
     * then single addresses from which it sends.
     */
    private static List<Place> places(DialRequest request, String trunkId, Directory directory) {
        Stream<Place> gateways = UsableTrunks.of(directory.outbound(), request.organisation()).backTo(trunkId).stream()
                .map(OutboundTrunk::gateways)
                .flatMap(all -> all.stream().sorted(Comparator.comparing(TrunkGateway::order)))
                .map(gateway -> new Place(gateway.host().toLowerCase(Locale.ROOT), gateway.port()));
        Stream<Place> addresses = directory.trunk(trunkId).map(TrunkView::trunk).stream()
                .flatMap(trunk -> trunk.addresses().stream())
                .filter(address -> !address.contains("/") || address.endsWith(address.contains(":") ? "/128" : "/32"))
                .map(address -> new Place(address.replaceFirst("/.*", "").toLowerCase(Locale.ROOT), OptionalInt.empty()));
        return Stream.concat(gateways, addresses).toList();
    }

    /** Where a PBX accepts calls. @param host in lower case @param port empty if none is given */
    private record Place(String host, OptionalInt port) {
        String text() {
            String written = host.contains(":") ? "[" + host + "]" : host;
            return port.isPresent() ? written + ":" + port.getAsInt() : written;
        }
    }
}
