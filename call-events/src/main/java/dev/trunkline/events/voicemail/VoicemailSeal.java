package dev.trunkline.events.voicemail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The format of a sealed message. It is written piece by piece while the caller speaks, and every piece that was written completely can be
 * opened:
 *
 * <pre>
 *   "TKV1" | id of the suite key, 8 | salt, 16 | pieces
 *   piece: length of what follows, 4 | AES-256-GCM of its kind (1) and its octets, with a tag of 16
 * </pre>
 *
 * The nonce of a piece is its number, so no piece can be left out, duplicated or moved. The head and the ids of organisation and message
 * are authenticated with each piece, so a message opens only for its own organisation and under its own name. The last piece is of the
 * kind {@link #END}: if it is missing, the message was cut off.
 */
final class VoicemailSeal {
    static final byte ABOUT = 1;
    static final byte AUDIO = 2;
    static final byte END = 3;
    /** Maximum size of a sealed piece: two seconds at 16 kHz, with some reserve. */
    static final int MOST_OCTETS = 65_536;
    static final int HEAD = 4 + VoicemailKeys.ID_LENGTH + VoicemailKeys.SALT_OCTETS;
    private static final byte[] FORM = "TKV1".getBytes(StandardCharsets.US_ASCII);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final byte[] bound;
    private long pieces;

    private VoicemailSeal(SecretKey key, byte[] head, String organisation, UUID message) {
        this.key = key;
        byte[] names = (organisation + "/" + message).getBytes(StandardCharsets.UTF_8);
        this.bound = ByteBuffer.allocate(head.length + names.length).put(head).put(names).array();
    }

    static byte[] head(String keyId, byte[] salt) {
        return ByteBuffer.allocate(HEAD).put(FORM).put(keyId.getBytes(StandardCharsets.US_ASCII)).put(salt).array();
    }

    /** @throws VoicemailBrokenException with a message that says why it cannot be opened here */
    static VoicemailSeal of(byte[] head, VoicemailKeys keys, String organisation, UUID message) throws VoicemailBrokenException {
        ByteBuffer read = ByteBuffer.wrap(head);
        byte[] form = new byte[FORM.length];
        byte[] id = new byte[VoicemailKeys.ID_LENGTH];
        byte[] salt = new byte[VoicemailKeys.SALT_OCTETS];
        read.get(form).get(id).get(salt);
        if (!java.util.Arrays.equals(form, FORM)) {
            throw new VoicemailBrokenException("it is not a sealed message, or its form is newer than this service");
        }
        String keyId = new String(id, StandardCharsets.US_ASCII);
        return new VoicemailSeal(
                keys.of(keyId, organisation, message, salt).orElseThrow(() -> new VoicemailBrokenException(
                        "it was sealed with a key that is not known here: add it to TRUNKLINE_VOICEMAIL_KEYS_ALSO")),
                head, organisation, message);
    }

    /** Returns the next piece, without its length. */
    byte[] seal(byte kind, byte[] octets, int length) {
        byte[] plain = new byte[length + 1];
        plain[0] = kind;
        System.arraycopy(octets, 0, plain, 1, length);
        try {
            return cipher(Cipher.ENCRYPT_MODE).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot seal with " + CIPHER, e);
        }
    }

    /** @return its kind, and its octets */
    byte[] open(byte[] sealed) throws VoicemailBrokenException {
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE).doFinal(sealed);
            if (plain.length == 0) {
                throw new VoicemailBrokenException("a piece of it is empty");
            }
            return plain;
        } catch (GeneralSecurityException e) {
            throw new VoicemailBrokenException("it cannot be opened: it is damaged, or it belongs to somebody else");
        }
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_OCTETS).putInt(0).putLong(pieces++).array();
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }
}
