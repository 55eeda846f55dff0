package dev.trunkline.edge.service;

import dev.trunkline.sip.ListenSettings;
import dev.trunkline.sip.SipStack;
import dev.trunkline.sip.net.AdvertisedNetwork;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.HostPort;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transaction.Timings;
import dev.trunkline.sip.transport.tls.TlsSettings;
import dev.trunkline.sip.transport.tls.TlsSettings.ClientCertificates;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Where and how SIP is listened for, out of the settings. */
public final class Listening {
    private Listening() {}

    /** @throws IllegalArgumentException that says which setting is wrong and what it can be */
    public static ListenSettings of(EdgeSettings settings) {
        EdgeSettings.Sip sip = settings.sip();
        List<Listener> listeners = sip.listen()
                .map(all -> all.stream().map(Listener::parse).toList())
                .orElseGet(() -> sip.transports().stream()
                        .map(SipTransportKind::of)
                        .map(transport -> listener(transport, settings))
                        .toList());
        var connections = sip.connections();
        return new ListenSettings(
                listeners,
                sip.advertisedNetworks().orElse(List.of()).stream().map(AdvertisedNetwork::parse).toList(),
                sip.receiveBuffer(),
                sip.unread(),
                new ConnectionLimits(connections.most(), connections.perSource(), connections.handshake(),
                        connections.message(), connections.idle()),
                tls(sip.tls()));
    }

    /**
     * SIP as the settings say, not open yet.
     *
     * @param faults told of what was thrown, and where, that ended one message and nothing else
     * @throws IllegalArgumentException that says which setting is wrong
     * @throws dev.trunkline.sip.net.SipBindException if there is no usable certificate for TLS
     */
    public static SipStack stack(
            EdgeSettings settings, SourceGuard guard, TransportWatch watch, BiConsumer<String, Throwable> faults) {
        EdgeSettings.Sip sip = settings.sip();
        return SipStack.builder(of(settings))
                .guardedBy(guard)
                .watchedBy(watch)
                .telling(faults)
                .timings(new Timings(sip.t1(), sip.t2(), sip.t4()))
                .lanes(sip.lanes() == 0 ? Runtime.getRuntime().availableProcessors() : sip.lanes())
                .build();
    }

    private static Listener listener(SipTransportKind transport, EdgeSettings settings) {
        EdgeSettings.Sip sip = settings.sip();
        int port = transport == SipTransportKind.TLS ? sip.tls().port() : sip.port();
        String address = HostPort.parse(settings.bind(), port).host();
        HostPort advertised = sip.advertised()
                .map(host -> HostPort.parse(host, port))
                .orElse(new HostPort(address, port));
        return new Listener(transport, address, port, advertised);
    }

    private static Optional<TlsSettings> tls(EdgeSettings.Tls tls) {
        ClientCertificates clients = ClientCertificates.of(tls.clients());
        return tls.certificate().isEmpty() || tls.key().isEmpty()
                ? Optional.empty()
                : Optional.of(new TlsSettings(
                        tls.certificate().get(), tls.key().get(), tls.authorities(), clients, tls.look()));
    }
}
