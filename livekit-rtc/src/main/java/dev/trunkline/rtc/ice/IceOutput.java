package dev.trunkline.rtc.ice;

import java.net.InetSocketAddress;

/** Receives the actions that an {@link IceAgent} requests. */
public interface IceOutput {

    void send(InetSocketAddress to, byte[] packet);

    /** Packets go to this address from now on. May be called again, if a better address answers later. */
    void selected(InetSocketAddress remote);

    /** The selected address has not answered within the consent timeout: sending must stop (RFC 7675 section 5.1). */
    void consentLost();
}
