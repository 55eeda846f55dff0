package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.relay.sdp.CryptoLine;
import dev.trunkline.relay.sdp.CryptoSuite;
import dev.trunkline.relay.sdp.SdpWriter;
import dev.trunkline.rtc.srtp.SrtpSession;
import dev.trunkline.rtc.srtp.SrtpSuite;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The keys of a call's SRTP (RFC 4568): the phone's, unsealed, and one of our own. The same key offered again changes
 * nothing, and another key of the phone leaves ours and its counters as they are. Used in the call's queue only.
 */
final class CallCrypto {
    private static final int KEY_LENGTH = 16;
    private static final int SALT_LENGTH = 14;
    /** The suite that every SRTP implementation supports (RFC 4568 section 6.2). */
    private static final CryptoSuite FIRST_OFFERED = CryptoSuite.AES_CM_128_HMAC_SHA1_80;

    private final Sealer sealer;
    private final CallId callId;
    private final RandomGenerator random;
    /** Our key in an offer that has not been accepted yet. */
    private Optional<Own> first = Optional.empty();
    /** What was agreed on last: if it is agreed on again, it continues with its counters, because a key must not encrypt a packet twice. */
    private Optional<Agreed> agreed = Optional.empty();
    private boolean spoken;

    private record Own(CryptoSuite suite, byte[] key, String sealed) {}

    private record Agreed(CryptoSuite suite, byte[] phoneKey, String sealedOwnKey, SrtpSession session) {}

    CallCrypto(Sealer sealer, CallId callId, RandomGenerator random) {
        this.sealer = sealer;
        this.callId = callId;
        this.random = random;
    }

    /**
     * @param offered empty for plain RTP
     * @throws SealBrokenException if the key cannot be used: the previous agreement stays
     */
    void agree(Optional<CryptoLine> offered) {
        if (offered.isEmpty()) {
            spoken = false;
            return;
        }
        CryptoSuite suite = offered.get().suite();
        byte[] phoneKey = opened(offered.get().sealedKey());
        agreed = Optional.of(agreed.filter(before -> before.suite() == suite)
                .map(before -> Arrays.equals(before.phoneKey(), phoneKey) ? before : followed(before, phoneKey))
                .orElseGet(() -> fresh(suite, phoneKey)));
        spoken = true;
    }

    /** Returns the key for an offer of ours, in a call that does not use SRTP yet; the same one until it is accepted. */
    SdpWriter.OwnKey offersFirst() {
        if (first.isEmpty()) {
            first = Optional.of(own(FIRST_OFFERED));
        }
        return new SdpWriter.OwnKey(first.get().suite(), first.get().sealed());
    }

    private static Agreed followed(Agreed before, byte[] phoneKey) {
        SrtpSession session = before.session().receivingBy(key(phoneKey), salt(phoneKey));
        return new Agreed(before.suite(), phoneKey, before.sealedOwnKey(), session);
    }

    private Agreed fresh(CryptoSuite suite, byte[] phoneKey) {
        Own own = first.filter(offered -> offered.suite() == suite).orElseGet(() -> own(suite));
        first = Optional.empty();
        return new Agreed(suite, phoneKey, own.sealed(), session(suite, own.key(), phoneKey));
    }

    private Own own(CryptoSuite suite) {
        byte[] key = new byte[KEY_LENGTH + SALT_LENGTH];
        random.nextBytes(key);
        return new Own(suite, key, sealed(key));
    }

    private byte[] opened(String sealed) {
        try {
            byte[] key = Base64.getDecoder().decode(sealer.open(callId, sealed));
            if (key.length == KEY_LENGTH + SALT_LENGTH) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Not base64: reported below, without quoting it.
        }
        throw new SealBrokenException("the phone's SRTP key is not 30 octets in base64");
    }

    private String sealed(byte[] key) {
        return sealer.seal(callId, Base64.getEncoder().encodeToString(key).getBytes(StandardCharsets.US_ASCII));
    }

    private static SrtpSession session(CryptoSuite suite, byte[] own, byte[] phone) {
        SrtpSuite protection = switch (suite) {
            case AES_CM_128_HMAC_SHA1_80 -> SrtpSuite.AES_CM_128_HMAC_SHA1_80;
            case AES_CM_128_HMAC_SHA1_32 -> SrtpSuite.AES_CM_128_HMAC_SHA1_32;
        };
        return new SrtpSession(protection, key(own), salt(own), key(phone), salt(phone));
    }

    private static byte[] key(byte[] both) {
        return Arrays.copyOf(both, KEY_LENGTH);
    }

    private static byte[] salt(byte[] both) {
        return Arrays.copyOfRange(both, KEY_LENGTH, KEY_LENGTH + SALT_LENGTH);
    }

    /** Returns the session for the media; the same one as long as nothing changes. */
    Optional<SrtpSession> session() {
        return now().map(Agreed::session);
    }

    /** Returns the key for an offer of ours, if SRTP is in use already. */
    Optional<SdpWriter.OwnKey> offered() {
        return now().map(now -> new SdpWriter.OwnKey(now.suite(), now.sealedOwnKey()));
    }

    /** Returns the key for the answer. */
    Optional<String> sealedOwnKey() {
        return now().map(Agreed::sealedOwnKey);
    }

    private Optional<Agreed> now() {
        return agreed.filter(last -> spoken);
    }
}
