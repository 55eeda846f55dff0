package dev.trunkline.sip;

import dev.trunkline.sip.net.AdvertisedNetwork;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.HostPort;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transport.tls.TlsSettings;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * @param networks to which a different host is advertised
 * @param receiveBufferBytes of each UDP socket: holds a burst that arrives while the process pauses
 * @param unread how many messages may wait to be parsed, divided among the lanes, before INVITEs and OPTIONS are dropped; other
 *     messages are dropped at four times as many
 * @param mark of all outgoing packets, UDP and TCP
 * @param tls present if a listener uses TLS
 */
public record ListenSettings(
        List<Listener> listeners,
        List<AdvertisedNetwork> networks,
        int receiveBufferBytes,
        int unread,
        ConnectionLimits limits,
        PacketMark mark,
        Optional<TlsSettings> tls) {

    public ListenSettings {
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("there is no listener");
        }
        boolean speaksTls = listeners.stream().anyMatch(listener -> listener.transport() == SipTransportKind.TLS);
        if (speaksTls && tls.isEmpty()) {
            throw new IllegalArgumentException("a listener speaks TLS, but there is no certificate for it");
        }
        listeners = List.copyOf(listeners);
        // The narrowest network first.
        networks = networks.stream()
                .sorted(Comparator.comparingInt(AdvertisedNetwork::prefix).reversed())
                .toList();
    }

    /** Returns the host and port of a listener that are advertised to a peer. */
    public HostPort advertised(Listener listener, InetAddress peer) {
        return networks.stream()
                .filter(network -> network.has(peer))
                .findFirst()
                .map(network -> new HostPort(network.host(), listener.advertised().port()))
                .orElse(listener.advertised());
    }
}
