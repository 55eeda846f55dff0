package dev.trunkline.edge.outbound;

import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.sip.gateway.Gateway;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.message.SipUri;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The INVITEs of one outbound call that follow a 3xx: to the gateway that was named, else to all of the trunk. Thread-safe. */
final class RedirectedInvites {
    private final UsableTrunk trunk;
    private final InviteWriter writer;
    private final DialTarget target;
    private final String offer;
    private final Redirection redirection;

    /** @param offer session description */
    RedirectedInvites(UsableTrunk trunk, InviteWriter writer, DialTarget target, String offer) {
        this.trunk = trunk;
        this.writer = writer;
        this.target = target;
        this.offer = offer;
        this.redirection = new Redirection(trunk.trunk(), target.redirects());
    }

    /** @param sent the INVITE that has that final response @return one for each gateway; empty if the call is over */
    List<OutgoingRequest> after(OutgoingRequest sent, SipResponse response) {
        var at = new Redirection.Place(SipUri.user(sent.requestUri()), SipUri.parse(sent.requestUri()).host().toLowerCase(Locale.ROOT));
        return redirection.after(at, response.status(), response.headers().values("Contact"))
                .map(next -> writer.redirected(new UsableTrunk(trunk.known(), at(next.host()), trunk.session()), sent, target, next.user(), offer))
                .orElse(List.of());
    }

    private List<Gateway> at(String host) {
        List<Gateway> named = trunk.gateways().stream().filter(gateway -> gateway.host().equalsIgnoreCase(host)).toList();
        return named.isEmpty() ? trunk.gateways() : named;
    }

    /** @see Redirection#why */
    Optional<String> why(int status) {
        return redirection.why(status);
    }
}
