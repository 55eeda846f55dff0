package dev.trunkline.edge.outbound;

import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.sip.AnsweringClient;
import dev.trunkline.sip.ClientTransaction;
import dev.trunkline.sip.Delays;
import dev.trunkline.sip.UserAgentClient;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Dials over the gateways of the known trunks. Thread-safe. */
public final class GatewayDialler implements Dialler {
    /** Longest wait for the topic of outbound trunks to be read to its end. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Longest wait for a trunk that was created a moment ago to arrive over Kafka; the caller of one that is gone is told soon. */
    private static final Duration NEW_TRUNK = Duration.ofSeconds(2);

    private static final int REQUEST_TERMINATED = 487;

    private final UserAgentClient client;
    private final OutboundTrunks trunks;
    private final SealedTargets targets;
    private final InviteWriter writer;
    private final Delays delays;
    private final Duration patience;
    private final BooleanSupplier read;

    /**
     * @param patience how long a gateway may be silent before the next is tried
     * @param read whether all existing trunks are known
     */
    public GatewayDialler(
            UserAgentClient client,
            OutboundTrunks trunks,
            SealedTargets targets,
            TimerPolicy timers,
            Delays delays,
            Duration patience,
            BooleanSupplier read) {
        this.client = client;
        this.trunks = trunks;
        this.targets = targets;
        this.writer = new InviteWriter(timers);
        this.delays = delays;
        this.patience = patience;
        this.read = read;
    }

    /** Waits for a trunk that may not have been read yet, in the first moments of the edge or of the trunk. */
    @Override
    public ClientTransaction dial(CallRouted route, OutgoingLeg leg, String tag, String offer, Outcome outcome) {
        String trunk = route.invite().trunk().id();
        BooleanSupplier known = () -> trunks.usable(trunk).isPresent();
        return known.getAsBoolean()
                ? dialled(route, leg, tag, offer, outcome)
                : LaterDial.begin(delays, read.getAsBoolean() ? NEW_TRUNK : LONGEST_WAIT, known, () -> dialled(route, leg, tag, offer, outcome), () -> outcome.failed(
                        "", REQUEST_TERMINATED, Optional.of("The call was given up before the edge knew its trunk.")));
    }

    private ClientTransaction dialled(CallRouted route, OutgoingLeg leg, String tag, String offer, Outcome outcome) {
        Optional<UsableTrunk> trunk = trunks.usable(route.invite().trunk().id());
        if (trunk.isEmpty() || trunk.get().gateways().isEmpty()) {
            outcome.failed("", SipResponse.SERVICE_UNAVAILABLE, Optional.of("The edge knows no such outbound trunk."));
            return () -> { };
        }
        DialTarget target;
        try {
            target = targets.dialled(route.callId(), leg.sealedTarget());
        } catch (SealBrokenException e) {
            outcome.failed("", SipResponse.SERVICE_UNAVAILABLE,
                    Optional.of("The edge cannot read the call's target; do all services have the same seal key?"));
            return () -> { };
        }
        List<OutgoingRequest> places = writer.written(trunk.get(), route.invite().sipCallId(), tag, target, offer);
        var dial = new GatewayDial(
                answering(trunk.get(), client), writer, new RedirectedInvites(trunk.get(), writer, target, offer), patience, delays, outcome);
        dial.send(places);
        return dial;
    }

    @Override
    public UserAgentClient within(String trunkId, UserAgentClient otherwise) {
        return trunks.usable(trunkId).map(trunk -> answering(trunk, otherwise)).orElse(otherwise);
    }

    private static UserAgentClient answering(UsableTrunk trunk, UserAgentClient sends) {
        return trunk.session().<UserAgentClient>map(session -> new AnsweringClient(sends, session)).orElse(sends);
    }
}
