package dev.trunkline.edge.outbound;

import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.sip.ClientTransaction;
import dev.trunkline.sip.Delays;
import dev.trunkline.sip.GatewayCall;
import dev.trunkline.sip.UserAgentClient;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.message.SipUri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The INVITE of one outbound call on its way to the gateways of its trunk. If the other side wants a longer interval between refreshes,
 * 422 with Min-SE, that gateway gets the INVITE once more with that interval (RFC 4028 section 7.4). If it redirects the call, 3xx, and
 * redirects are followed, the INVITE goes to the named target ({@link Redirection}). Thread-safe.
 */
final class GatewayDial implements ClientTransaction, GatewayCall.Outcome {
    private static final int INTERVAL_TOO_SMALL = 422;

    private final UserAgentClient client;
    private final InviteWriter writer;
    /** Gateway names by Request-URI. */
    private final Map<String, String> gateways;
    private final RedirectedInvites redirected;
    private final Duration patience;
    private final Delays delays;
    private final Dialler.Outcome outcome;
    /** Guarded by this, as is all of the state; no callback is called while it is held. */
    private ClientTransaction current = () -> { };
    private boolean cancelled;
    private boolean raised;
    private int turns;

    GatewayDial(
            UserAgentClient client, InviteWriter writer, RedirectedInvites redirected, Duration patience, Delays delays,
            Dialler.Outcome outcome) {
        this.client = client;
        this.writer = writer;
        this.gateways = new ConcurrentHashMap<>();
        this.redirected = redirected;
        this.patience = patience;
        this.delays = delays;
        this.outcome = outcome;
    }

    /** @param places the INVITE for each gateway, in the order in which they are tried */
    void send(List<OutgoingRequest> places) {
        places.forEach(place -> gateways.put(place.requestUri(), name(SipUri.parse(place.requestUri()))));
        int turn;
        synchronized (this) {
            turn = ++turns;
        }
        ClientTransaction sent = GatewayCall.send(client, places, patience, delays, this);
        boolean givenUp;
        synchronized (this) {
            // A gateway that refused at once has been followed by another already.
            if (turn == turns) {
                current = sent;
            }
            givenUp = cancelled;
        }
        if (givenUp) {
            sent.cancel();
        }
    }

    private static String name(SipUri gateway) {
        return gateway.port().isPresent() ? gateway.host() + ":" + gateway.port().getAsInt() : gateway.host();
    }

    @Override
    public void cancel() {
        ClientTransaction sent;
        synchronized (this) {
            cancelled = true;
            sent = current;
        }
        sent.cancel();
    }

    @Override
    public void progressed(OutgoingRequest sent, SipResponse response) {
        outcome.progressed(gateways.get(sent.requestUri()), response);
    }

    @Override
    public void answered(OutgoingRequest sent, SipResponse response) {
        String gateway = gateways.get(sent.requestUri());
        OptionalInt wanted = response.status() == INTERVAL_TOO_SMALL ? TimerHeaders.of(response.headers()).minimum() : OptionalInt.empty();
        if (response.accepts()) {
            outcome.accepted(gateway, sent, response);
        } else if (wanted.isPresent() && wanted.getAsInt() <= InviteWriter.LONGEST_INTERVAL && raises()) {
            send(List.of(writer.raised(sent, wanted.getAsInt())));
        } else {
            List<OutgoingRequest> elsewhere = isCancelled() ? List.of() : redirected.after(sent, response);
            if (elsewhere.isEmpty()) {
                outcome.failed(gateway, response.status(), redirected.why(response.status()));
            } else {
                send(elsewhere);
            }
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Once per call, and not for one that is given up. */
    private synchronized boolean raises() {
        boolean may = !raised && !cancelled;
        raised |= may;
        return may;
    }

    @Override
    public void forked(OutgoingRequest sent, SipResponse response) {
        outcome.forked(sent, response);
    }
}
