package dev.trunkline.relay.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trunkline.events.TransferWay;
import dev.trunkline.relay.SmallStack;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferWishTest {
    private static TransferWish parse(String json) throws TransferRefusal {
        return TransferWish.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static TransferRefusal refused(String json) {
        TransferRefusal refusal = catchThrowableOfType(TransferRefusal.class, () -> parse(json));
        assertThat(refusal).as("the refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(400);
        return refusal;
    }

    @Test
    void aTargetIsEnough() throws Exception {
        assertThat(parse("{\"to\": \" +32470123456 \"}")).isEqualTo(new TransferWish(
                "+32470123456", Optional.empty(), Optional.empty(), false, OptionalInt.empty(), Optional.empty()));
    }

    @Test
    void everythingThatCanBeSaidIsRead() throws Exception {
        assertThat(parse("{\"to\":\"sip:desk@pbx.example\",\"trunk\":\"carrier\",\"way\":\"refer-first\",\"agents_stay\":true,"
                + "\"ringing_seconds\":30,\"participant\":\"sip_+1\"}")).isEqualTo(new TransferWish(
                        "sip:desk@pbx.example", Optional.of("carrier"), Optional.of(TransferWay.REFER_FIRST), true,
                        OptionalInt.of(30), Optional.of("sip_+1")));
        assertThat(parse("{\"to\":\"1\",\"trunk\":null,\"way\":null,\"agents_stay\":null,\"ringing_seconds\":null}").way()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "no json", "{", "[]", "\"+32470123456\"", "null", "1", "true", "{\"to\"", "{}", "{\"to\":null}", "{\"to\":\"\"}",
        "{\"to\":\"  \"}", "{\"to\":42}", "{\"to\":[\"1\"]}", "{\"to\":{}}", "{\"to\":\"a\\u0000b\"}", "{\"to\":\"a\\r\\nVia: x\"}",
        "{\"to\":\"1\",\"trunk\":1}", "{\"to\":\"1\",\"trunk\":\"\"}", "{\"to\":\"1\",\"way\":\"teleport\"}", "{\"to\":\"1\",\"way\":1}",
        "{\"to\":\"1\",\"agents_stay\":\"yes\"}", "{\"to\":\"1\",\"agents_stay\":1}", "{\"to\":\"1\",\"ringing_seconds\":0}",
        "{\"to\":\"1\",\"ringing_seconds\":601}", "{\"to\":\"1\",\"ringing_seconds\":-5}", "{\"to\":\"1\",\"ringing_seconds\":\"30\"}",
        "{\"to\":\"1\",\"ringing_seconds\":1.5}", "{\"to\":\"1\",\"ringing_seconds\":99999999999999999999}",
        "{\"to\":\"1\",\"agent_stays\":true}", "{\"to\":\"1\",\"headers\":{}}", "{\"to\":\"1\",\"participant\":7}"
    })
    void whatIsNoRequestIsRefusedWithASentence(String json) {
        String why = refused(json).getMessage();
        assertThat(why).isNotBlank().hasSizeLessThan(256);
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThat(refused("{\"to\":\"" + "1".repeat(257) + "\"}").getMessage()).contains("1 to 256");
        assertThat(refused("{\"to\":\"1\"" + " ".repeat(5_000) + "}").getMessage()).contains("4096");
    }

    @Test
    void aRefusalQuotesNothing() {
        String secret = "+32470123456";
        assertThat(refused("{\"to\":\"1\",\"" + secret + "\":1}").getMessage()).doesNotContain(secret);
        assertThat(refused("{\"to\":\"1\",\"way\":\"" + secret + "\"}").getMessage()).doesNotContain(secret);
        assertThat(refused(secret + "{").getMessage()).doesNotContain(secret);
    }

    @Test
    void deepNestingNeedsNoStack() throws Exception {
        SmallStack.run(() -> {
            refused("[".repeat(TransferWish.MOST_OCTETS));
            refused("{\"to\":" + "[".repeat(TransferWish.MOST_OCTETS - 6));
            refused("{\"a\":".repeat(800));
        });
    }

    @Test
    void anyOctetsAreReadOrRefused() {
        var random = new Random(5);
        byte[] good = "{\"to\":\"+32470123456\",\"way\":\"bridge\",\"ringing_seconds\":30}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] some = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                some[random.nextInt(some.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(TransferWish.parse(some).to()).isNotEmpty();
            } catch (TransferRefusal refusal) {
                assertThat(refusal.code()).isEqualTo(400);
            }
        }
    }
}
