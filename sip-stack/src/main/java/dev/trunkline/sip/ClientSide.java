package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.message.MessageWriter;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.transaction.InviteClient;
import dev.trunkline.sip.transaction.Machine;
import dev.trunkline.sip.transaction.RequestClient;
import dev.trunkline.sip.transport.Arrival;
import dev.trunkline.sip.transport.Endpoint;
import dev.trunkline.sip.transport.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outgoing requests of one lane (RFC 3261 sections 8.1 and 17.1). */
final class ClientSide {
    /** Name in the fault counts. */
    static final String SEND = "sip-send";

    private static final RunningClient.User NOBODY = new RunningClient.User() {
        @Override
        public void told(RunningClient<?> transaction, SipResponse response) {
            // The response to the INVITE shows the effect of a CANCEL.
        }

        @Override
        public void failed(RunningClient<?> transaction, int status) {
            // The INVITE has its own timeout.
        }
    };

    private final StackParts parts;
    private final SipHandler handler;
    private final Endpoints endpoints;
    private final Lane<Arrival> lane;
    private final Map<RunningClient.Key, RunningClient<?>> running = new HashMap<>();

    ClientSide(StackParts parts, SipHandler handler, Endpoints endpoints, Lane<Arrival> lane) {
        this.parts = parts;
        this.handler = handler;
        this.endpoints = endpoints;
        this.lane = lane;
    }

    void take(SipResponse response, Arrival arrival) {
        RunningClient<?> known = running.get(new RunningClient.Key(response.branch(), response.method()));
        if (known != null) {
            arrival.useful();
            known.take(response);
        } else if (response.accepts() && response.method().equals(SipRequest.INVITE)) {
            // RFC 3261 section 13.2.2.4: a 2xx outlives its transaction.
            handler.repeated(response);
        }
    }

    void repeated(SipResponse response) {
        handler.repeated(response);
    }

    /** Begins an outgoing request. Its user gets an outcome whatever goes wrong. */
    void begin(ClientCall call, List<Candidate> candidates) {
        try {
            call.begin(candidates);
        } catch (Throwable fault) {
            parts.faults().caught(SEND, fault);
            call.fail();
        }
    }

    /** @return a transaction that has not begun yet; empty if there is no listener for its transport */
    Optional<RunningClient<?>> prepared(ClientCall call, Candidate candidate) {
        OutgoingRequest request = call.request();
        return endpoints.towards(candidate.transport(), candidate.address()).map(endpoint -> {
            String branch = parts.identifiers().branch();
            byte[] octets = written(request, endpoint, candidate.address(), branch);
            boolean reliable = endpoint.listener().transport().isStream();
            Machine<?> machine = request.method().equals(SipRequest.INVITE)
                    ? new InviteClient(parts.timings(), reliable)
                    : new RequestClient(parts.timings(), reliable);
            return kept(new RunningClient<>(new RunningClient.Key(branch, request.method()), octets, endpoint,
                    peer(candidate), machine, lane, this, new RunningClient.User() {
                        @Override
                        public void told(RunningClient<?> transaction, SipResponse response) {
                            call.told(transaction, response);
                        }

                        @Override
                        public void failed(RunningClient<?> transaction, int status) {
                            call.failed(transaction, status);
                        }
                    }));
        });
    }

    private RunningClient<?> kept(RunningClient<?> transaction) {
        running.put(transaction.key(), transaction);
        return transaction;
    }

    private static Peer peer(Candidate candidate) {
        var address = new InetSocketAddress(candidate.address(), candidate.port());
        return candidate.tlsName().map(name -> new Peer(address, name)).orElseGet(() -> Peer.of(address));
    }

    private byte[] written(OutgoingRequest request, Endpoint endpoint, InetAddress peer, String branch) {
        Optional<String> contact = request.contact()
                ? Optional.of(contact(request, endpoint, peer))
                : Optional.empty();
        return MessageWriter.request(request, parts.names().via(endpoint.listener(), peer, branch), contact);
    }

    private String contact(OutgoingRequest request, Endpoint endpoint, InetAddress peer) {
        boolean sips = LocalNames.isSips(request.requestUri());
        return request.contactUser()
                .map(user -> parts.names().contact(endpoint.listener(), peer, sips, user))
                .orElseGet(() -> parts.names().contact(endpoint.listener(), peer, sips));
    }

    /** Sends a CANCEL with the INVITE's branch, by which the peer finds the INVITE (RFC 3261 section 9.1). */
    void sendCancel(byte[] invite, String branch, Endpoint endpoint, Peer peer) {
        boolean reliable = endpoint.listener().transport().isStream();
        kept(new RunningClient<>(new RunningClient.Key(branch, SipRequest.CANCEL), MessageWriter.cancel(invite),
                endpoint, peer, new RequestClient(parts.timings(), reliable), lane, this, NOBODY)).begin();
    }

    /** Sends an ACK, without a transaction (RFC 3261 section 13.2.2.4). */
    void acknowledge(OutgoingRequest ack, List<Candidate> candidates) {
        candidates.stream().findFirst().ifPresent(candidate -> endpoints.towards(candidate.transport(), candidate.address()).ifPresent(endpoint -> {
            byte[] request = written(ack, endpoint, candidate.address(), parts.identifiers().branch());
            Peer peer = peer(candidate);
            sends(request, endpoint, peer);
            endpoint.send(request, peer, () -> { });
        }));
    }

    /** Reports a request that is about to be sent. */
    void sends(byte[] request, Endpoint endpoint, Peer peer) {
        parts.tap().saw(true, endpoint.listener(), peer.address().getAddress(), peer.address().getPort(), request);
    }

    void forget(RunningClient<?> gone) {
        running.remove(gone.key(), gone);
    }
}
