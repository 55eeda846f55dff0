package dev.trunkline.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunMessageTest {

    private static final byte[] KEY = "VOkJxbRl1RmTxUk/WvJxBt".getBytes(StandardCharsets.UTF_8);
    /** Length of the last attribute, in octets. */
    private static final int FINGERPRINT = 8;

    private static final byte[] TRANSACTION = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    /** RFC 5769 section 2.1: a request from another implementation, with integrity and fingerprint. */
    private static final String SAMPLE_REQUEST = """
            000100582112a442b7e7a701bc34d686fa87dfae802200105354554e20746573
            7420636c69656e74002400046e0001ff80290008932ff9b151263b36000600
            096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf
            """;

    @Test
    void readsTheSampleRequestOfRfc5769() {
        byte[] bytes = HexFormat.of().parseHex(SAMPLE_REQUEST.replaceAll("\\s", ""));
        StunMessage message = StunMessage.parse(bytes, bytes.length).orElseThrow();
        assertThat(message.isRequest()).isTrue();
        assertThat(message.username()).contains("evtj:h6vY");
        assertThat(message.controlling()).isFalse();
        assertThat(message.authentic(KEY)).isTrue();
        assertThat(message.authentic("another password here!".getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void readsItsOwnRequest() {
        byte[] bytes = StunWriter.bindingRequest(TRANSACTION, "server:client", 42, 1, true, KEY);
        StunMessage message = StunMessage.parse(bytes, bytes.length).orElseThrow();
        assertThat(message.isRequest()).isTrue();
        assertThat(message.username()).contains("server:client");
        assertThat(message.useCandidate()).isTrue();
        assertThat(message.controlling()).isTrue();
        assertThat(message.transactionId()).isEqualTo(TRANSACTION);
        assertThat(message.authentic(KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "127.0.0.1", "2001:db8:1234:5678:11:2233:4455:6677", "::1"})
    void mappedAddressesComeBack(String address) throws Exception {
        InetSocketAddress from = new InetSocketAddress(InetAddress.getByName(address), 32_853);
        byte[] bytes = StunWriter.bindingSuccess(TRANSACTION, from, KEY);
        StunMessage message = StunMessage.parse(bytes, bytes.length).orElseThrow();
        assertThat(message.isSuccess()).isTrue();
        assertThat(message.mappedAddress()).contains(from);
        assertThat(message.authentic(KEY)).isTrue();
    }

    @Test
    void errorsCarryTheirCode() {
        byte[] bytes = StunWriter.bindingError(TRANSACTION, 487, "Role Conflict", KEY);
        StunMessage message = StunMessage.parse(bytes, bytes.length).orElseThrow();
        assertThat(message.isError()).isTrue();
        assertThat(message.errorCode()).hasValue(487);
    }

    @Test
    void everyChangedBitUpToTheFingerprintIsNoticed() {
        byte[] good = StunWriter.bindingRequest(TRANSACTION, "a:b", 42, 1, true, KEY);
        for (int i = 0; i < (good.length - FINGERPRINT) * 8; i++) {
            byte[] bad = good.clone();
            bad[i / 8] ^= (byte) (1 << i % 8);
            assertThat(StunMessage.parse(bad, bad.length).filter(m -> m.authentic(KEY))).as("bit %d", i).isEmpty();
        }
    }

    @Test
    void everyShortenedMessageIsRefused() {
        byte[] good = StunWriter.bindingRequest(TRANSACTION, "a:b", 42, 1, true, KEY);
        for (int length = 0; length < good.length; length++) {
            assertThat(StunMessage.parse(Arrays.copyOf(good, length), length)).isEmpty();
        }
    }

    @Test
    void garbageNeverThrows() {
        Random random = new Random(7);
        byte[] good = StunWriter.bindingRequest(TRANSACTION, "a:b", 42, 1, true, KEY);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(200)] : good.clone();
            if (i % 2 == 0) {
                random.nextBytes(bytes);
                if (bytes.length >= 20) {
                    // The type, length and cookie are right, so the parser examines the rest.
                    System.arraycopy(good, 0, bytes, 0, 8);
                    bytes[2] = (byte) (bytes.length - 20 >> 8);
                    bytes[3] = (byte) (bytes.length - 20);
                }
            } else {
                for (int j = 0; j < 4; j++) {
                    bytes[20 + random.nextInt(bytes.length - 20)] = (byte) random.nextInt();
                }
            }
            assertThat(StunMessage.parse(bytes, bytes.length).filter(m -> m.authentic(KEY) && !covered(bytes).equals(covered(good)))).isEmpty();
        }
    }

    /** Returns the octets before the fingerprint; only they matter. */
    private static String covered(byte[] message) {
        return HexFormat.of().formatHex(message, 0, Math.max(0, message.length - FINGERPRINT));
    }
}
