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
import dev.trunkline.sip.GatewayCall;
import dev.trunkline.sip.UserAgentClient;
import dev.trunkline.sip.gateway.Gateway;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Over the gateways of the trunks that are known. Thread-safe. */
public final class GatewayDialler implements Dialler {
    private final UserAgentClient client;
    private final OutboundTrunks trunks;
    private final SealedTargets targets;
    private final InviteWriter writer;
    private final Delays delays;
    private final Duration patience;

    /**
     * @param patience how long a gateway may say nothing at all before the next is tried
     */
    public GatewayDialler(
            UserAgentClient client,
            OutboundTrunks trunks,
            SealedTargets targets,
            TimerPolicy timers,
            Delays delays,
            Duration patience) {
        this.client = client;
        this.trunks = trunks;
        this.targets = targets;
        this.writer = new InviteWriter(timers);
        this.delays = delays;
        this.patience = patience;
    }

    @Override
    public ClientTransaction dial(CallRouted route, OutgoingLeg leg, String tag, String offer, Outcome outcome) {
        Optional<UsableTrunk> trunk = trunks.usable(route.invite().trunk().id());
        if (trunk.isEmpty() || trunk.get().gateways().isEmpty()) {
            outcome.failed("", SipResponse.SERVICE_UNAVAILABLE, Optional.of("The edge knows no such trunk for calls out."));
            return () -> { };
        }
        DialTarget target;
        try {
            target = targets.dialled(route.callId(), leg.sealedTarget());
        } catch (SealBrokenException e) {
            outcome.failed("", SipResponse.SERVICE_UNAVAILABLE, Optional.of("The edge cannot read whom to call; do all services have the same seal key?"));
            return () -> { };
        }
        List<OutgoingRequest> places = writer.written(trunk.get(), route.invite().sipCallId(), tag, target, offer);
        Map<String, String> gateways = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            gateways.put(places.get(i).requestUri(), name(trunk.get().gateways().get(i)));
        }
        return GatewayCall.send(answering(trunk.get(), client), places, patience, delays, new GatewayCall.Outcome() {
            @Override
            public void progressed(OutgoingRequest sent, SipResponse response) {
                outcome.progressed(gateways.get(sent.requestUri()), response);
            }

            @Override
            public void answered(OutgoingRequest sent, SipResponse response) {
                if (response.accepts()) {
                    outcome.accepted(gateways.get(sent.requestUri()), sent, response);
                } else {
                    outcome.failed(gateways.get(sent.requestUri()), response.status(), Optional.empty());
                }
            }

            @Override
            public void forked(OutgoingRequest sent, SipResponse response) {
                outcome.forked(sent, response);
            }
        });
    }

    @Override
    public UserAgentClient within(String trunkId, UserAgentClient otherwise) {
        return trunks.usable(trunkId).map(trunk -> answering(trunk, otherwise)).orElse(otherwise);
    }

    private static UserAgentClient answering(UsableTrunk trunk, UserAgentClient sends) {
        return trunk.session().<UserAgentClient>map(session -> new AnsweringClient(sends, session)).orElse(sends);
    }

    private static String name(Gateway gateway) {
        return gateway.port().isPresent() ? gateway.host() + ":" + gateway.port().getAsInt() : gateway.host();
    }
}
