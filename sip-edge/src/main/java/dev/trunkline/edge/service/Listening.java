package dev.trunkline.edge.service;

import dev.trunkline.edge.sip.AdvertisedNetwork;
import dev.trunkline.edge.sip.ConnectionLimits;
import dev.trunkline.edge.sip.HostPort;
import dev.trunkline.edge.sip.ListenSettings;
import dev.trunkline.edge.sip.Listener;
import dev.trunkline.edge.sip.SipTransportKind;
import dev.trunkline.edge.sip.TlsSettings;
import dev.trunkline.edge.sip.TlsSettings.ClientCertificates;
import java.util.List;
import java.util.Optional;

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
