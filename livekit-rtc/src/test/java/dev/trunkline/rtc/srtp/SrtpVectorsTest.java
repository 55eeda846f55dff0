package dev.trunkline.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The results that the RFCs specify. */
class SrtpVectorsTest {

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** RFC 3711 appendix B.3. */
    @Test
    void sessionKeysAreDerivedAsInTheAppendix() {
        SessionKeys keys = new SessionKeys(
                octets("E1F97A0D3E018BE0D64FA32C06DE4139"), octets("0EC675AD498AFEEBB6960B3AABE6"), false);
        assertThat(keys.encryption()).isEqualTo(octets("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(keys.salt()).isEqualTo(octets("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(keys.authentication()).isEqualTo(octets("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
    }

    /** RFC 3711 appendix B.2. */
    @Test
    void theKeystreamOfCounterModeIsThatOfTheAppendix() {
        Keystream stream = new Keystream(octets("2B7E151628AED2A6ABF7158809CF4F3C"));
        byte[] zeros = new byte[48];
        stream.apply(octets("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), zeros, 0, 48);
        assertThat(zeros).isEqualTo(octets(
                "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0"));
    }

    /** RFC 7714 section 16.1.1. */
    @Test
    void aPacketUnderGcmIsThatOfTheRfc() {
        GcmCipher cipher = new GcmCipher(octets("000102030405060708090a0b0c0d0e0f"), octets("517569642070726f2071756f"));
        byte[] clear = octets("8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973"
                + "20646976 69736120 696e2070 61727465 73207472 6573");
        byte[] packet = Arrays.copyOf(clear, clear.length + 16);
        assertThat(cipher.sealRtp(packet, 12, clear.length, 0x5501a0b2, 0xf17b)).isEqualTo(packet.length);
        assertThat(packet).isEqualTo(octets("8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5"
                + "0d294e6f 42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce"));
        assertThat(cipher.openRtp(packet, 12, packet.length, 0x5501a0b2, 0xf17b)).isEqualTo(clear.length);
        assertThat(Arrays.copyOf(packet, clear.length)).isEqualTo(clear);
    }

    /** RFC 2202 section 3, cases 1 and 2. */
    @Test
    void hmacIsThatOfTheRfc() {
        byte[] out = new byte[HmacSha1.LENGTH];
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0b);
        new HmacSha1(key).of("Hi There".getBytes(StandardCharsets.US_ASCII), 8, new byte[0], 0, out);
        assertThat(out).isEqualTo(octets("b617318655057264e28bc0b6fb378c8ef146be00"));
        byte[] more = "for nothing?".getBytes(StandardCharsets.US_ASCII);
        new HmacSha1("Jefe".getBytes(StandardCharsets.US_ASCII))
                .of("what do ya want ".getBytes(StandardCharsets.US_ASCII), 16, more, more.length, out);
        assertThat(out).isEqualTo(octets("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));
    }
}
