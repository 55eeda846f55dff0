package dev.trunkline.edge.service;

import dev.trunkline.sip.ListenSettings;
import dev.trunkline.sip.SipHandler;
import dev.trunkline.sip.SipStack;
import dev.trunkline.sip.SipStackBuilder;
import dev.trunkline.sip.WireTap;
import dev.trunkline.sip.net.AdvertisedNetwork;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.HostPort;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.net.SipBindException;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transaction.Timings;
import dev.trunkline.sip.transport.tls.TlsSettings;
import dev.trunkline.sip.transport.tls.TlsSettings.ClientCertificates;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Where and how SIP listens, from the settings. */
public final class Listening {
    private static final String WHERE =
            "look at TRUNKLINE_SIP_LISTEN or, without it, at TRUNKLINE_SIP_TRANSPORTS, TRUNKLINE_SIP_ADVERTISED and TRUNKLINE_BIND";
    private static final String PORTS =
            "set TRUNKLINE_SIP_PORT, TRUNKLINE_SIP_TLS_PORT or TRUNKLINE_SIP_LISTEN to a free port, or TRUNKLINE_BIND to an address"
                    + " of this machine";
    private static final String FILES =
            "set TRUNKLINE_SIP_TLS_CERTIFICATE and TRUNKLINE_SIP_TLS_KEY to PEM files, or leave tls out of"
                    + " TRUNKLINE_SIP_TRANSPORTS and TRUNKLINE_SIP_LISTEN";
    private static final String CLIENTS =
            "set TRUNKLINE_SIP_TLS_CLIENTS to none, or to wanted or required with TRUNKLINE_SIP_TLS_AUTHORITIES naming a PEM file";

    private static final String CONTACT_USER = "trunkline";

    private Listening() {}

    /** @throws IllegalArgumentException that says which setting is wrong and which values are possible */
    public static ListenSettings of(EdgeSettings settings) {
        EdgeSettings.Sip sip = settings.sip();
        List<Listener> listeners = named(WHERE, () -> sip.listen()
                .map(all -> all.stream().map(Listener::parse).toList())
                .orElseGet(() -> sip.transports().stream()
                        .map(SipTransportKind::of)
                        .map(transport -> listener(transport, settings))
                        .toList()));
        List<AdvertisedNetwork> networks = named("look at TRUNKLINE_SIP_ADVERTISED_NETWORKS", () ->
                sip.advertisedNetworks().orElse(List.of()).stream().map(AdvertisedNetwork::parse).toList());
        var connections = sip.connections();
        var limits = new ConnectionLimits(connections.most(), connections.perSource(), connections.handshake(),
                connections.message(), connections.idle());
        PacketMark mark = named("set TRUNKLINE_SIP_DSCP to a number from 0 to 63, for example 24", () -> new PacketMark(sip.dscp()));
        Optional<TlsSettings> tls = named(CLIENTS, () -> tls(sip.tls()));
        return named(listeners.isEmpty() ? WHERE : FILES, () -> new ListenSettings(
                listeners, networks, sip.receiveBuffer(), sip.unread(), limits, mark, tls));
    }

    /** Adds to the stack's own error message which setting changes it. */
    private static <T> T named(String settings, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ": " + settings, e);
        }
    }

    /** @throws SipBindException that says which setting is wrong, if a port is taken or an address is not ours */
    static void open(SipStack stack, SipHandler handler) {
        try {
            stack.start(handler);
        } catch (SipBindException e) {
            throw new SipBindException(e.getMessage() + ": " + PORTS, e);
        }
    }

    /**
     * Creates SIP as the settings say, not open yet.
     *
     * @param tap told of each message
     * @param faults told of what was thrown, and where, that ended one message and nothing else
     * @throws IllegalArgumentException that says which setting is wrong
     * @throws SipBindException if there is no usable certificate for TLS; it says which setting is wrong
     */
    public static SipStack stack(
            EdgeSettings settings, SourceGuard guard, WireTap tap, TransportWatch watch, BiConsumer<String, Throwable> faults) {
        EdgeSettings.Sip sip = settings.sip();
        SipStackBuilder builder = SipStack.builder(of(settings))
                .guardedBy(guard)
                .tappedBy(tap)
                .watchedBy(watch)
                .telling(faults)
                .timings(new Timings(sip.t1(), sip.t2(), sip.t4()))
                .lanes(sip.lanes() == 0 ? Runtime.getRuntime().availableProcessors() : sip.lanes())
                .contactUser(CONTACT_USER);
        try {
            return builder.build();
        } catch (SipBindException e) {
            throw new SipBindException(e.getMessage() + ": " + FILES + "; authorities are TRUNKLINE_SIP_TLS_AUTHORITIES", e);
        }
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
