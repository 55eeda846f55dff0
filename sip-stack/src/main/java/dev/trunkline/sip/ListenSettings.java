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
 * @param networks that know us by another host
 * @param receiveBufferBytes of each UDP socket: a burst that comes while the process pauses waits there
 * @param unread how many messages may wait to be parsed, shared out among the lanes, before INVITEs and OPTIONS are dropped; of all
 *     others four times as many may wait
 * @param mark of all packets that leave, UDP and TCP
 * @param tls there if a listener speaks TLS
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
            throw new IllegalArgumentException("a listener speaks TLS, and there is no certificate for it");
        }
        listeners = List.copyOf(listeners);
        // The narrowest network first.
        networks = networks.stream()
                .sorted(Comparator.comparingInt(AdvertisedNetwork::prefix).reversed())
                .toList();
    }

    /** What a peer shall call a listener. */
    public HostPort advertised(Listener listener, InetAddress peer) {
        return networks.stream()
                .filter(network -> network.has(peer))
                .findFirst()
                .map(network -> new HostPort(network.host(), listener.advertised().port()))
                .orElse(listener.advertised());
    }
}
