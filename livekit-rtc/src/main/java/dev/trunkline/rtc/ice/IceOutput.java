package dev.trunkline.rtc.ice;

import java.net.InetSocketAddress;

/** What an {@link IceAgent} wants done. */
public interface IceOutput {

    void send(InetSocketAddress to, byte[] packet);

    /** Packets go to this address from now on. May come again, when a better address answers later. */
    void selected(InetSocketAddress remote);

    /** The selected address has not answered within the consent time-out: sending must stop (RFC 7675 section 5.1). */
    void consentLost();
}
