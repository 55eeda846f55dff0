package dev.trunkline.sipapi.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static void entry(CodedOutputStream out, int field, String key, String value) throws IOException {
        out.writeBytes(field, Answers.written(inner -> {
            inner.writeString(1, key);
            inner.writeString(2, value);
        }));
    }

    private static void seconds(CodedOutputStream out, int field, long seconds, int nanos) throws IOException {
        out.writeBytes(field, Answers.written(inner -> {
            inner.writeInt64(1, seconds);
            inner.writeInt32(2, nanos);
        }));
    }

    private static ByteString create() {
        return Answers.written(out -> {
            out.writeString(13, "SCL_a");
            out.writeString(19, "ST_a");
            out.writeString(2, "sip.carrier.example");
            out.writeString(3, "+3225550100");
            out.writeString(4, "+3225550199");
            out.writeString(5, "user");
            out.writeString(6, "secret");
            out.writeEnum(16, 2);
            entry(out, 22, "X-Queue", "queue");
            entry(out, 26, "outcome", "X-Outcome");
            out.writeBytes(25, ByteString.copyFrom(new byte[] {0, 1}));
            out.writeEnum(27, 2);
            out.writeString(31, "Acme");
            out.writeString(7, "room");
            out.writeString(8, "anna");
            out.writeString(14, "Anna");
            out.writeString(15, "{}");
            entry(out, 17, "sip.callID", "SCL_a");
            entry(out, 17, "order", "17");
            out.writeString(11, "1w2");
            out.writeBool(12, true);
            entry(out, 21, "X-Order", "17");
            seconds(out, 23, 19, 500);
            seconds(out, 24, 60, 0);
            out.writeEnum(28, 2);
            out.writeBool(29, true);
            out.writeString(99, "of another version");
        });
    }

    @Test
    void aRequestForAParticipantIsRead() throws Exception {
        CreateRequest request = CreateRequest.read(create());
        assertThat(request).isEqualTo(new CreateRequest(
                "SCL_a", "ST_a", "sip.carrier.example", "+3225550100", "+3225550199", "room", "anna", "Anna", "{}",
                Map.of("sip.callID", "SCL_a", "order", "17"), Map.of("X-Order", "17"), "1w2", true, 20, 60,
                CreateRequest.MediaEncryption.REQUIRE, true, new CreateRequest.Account(CreateRequest.Transport.TCP, "user", "secret"),
                new CreateRequest.Extras("Acme", Map.of("X-Queue", "queue"), Map.of("outcome", "X-Outcome"), CreateRequest.IncludeHeaders.ALL, true)));
        assertThat(request.hidesNumber()).isTrue();
        assertThat(request.toString()).isEqualTo("CreateRequest[SCL_a]");
    }

    @Test
    void aRequestUriGoesBeforeTheNumber() throws Exception {
        ByteString raw = Answers.written(out -> {
            out.writeString(4, "+3225550199");
            out.writeBytes(35, Answers.written(inner -> inner.writeString(1, "<sip:anna@pbx.example>")));
        });
        assertThat(CreateRequest.read(raw).to()).isEqualTo("sip:anna@pbx.example");
        ByteString parts = Answers.written(out -> out.writeBytes(35, Answers.written(inner -> inner.writeBytes(2, Answers.written(uri -> {
            uri.writeString(1, "anna");
            uri.writeString(2, "pbx.example");
        })))));
        assertThat(CreateRequest.read(parts).to()).isEqualTo("sip:anna@pbx.example");
    }

    @Test
    void aTransferIsRead() throws Exception {
        ByteString message = Answers.written(out -> {
            out.writeString(1, "SCL_a");
            out.writeString(2, "tel:+3225550199");
            out.writeBool(3, true);
            entry(out, 4, "X-Order", "17");
            seconds(out, 5, 30, 0);
        });
        assertThat(TransferRequest.read(message))
                .isEqualTo(new TransferRequest("SCL_a", "tel:+3225550199", true, Map.of("X-Order", "17"), 30));
    }

    @Test
    void whateverOctetsComeNothingElseIsThrown() {
        var random = new Random(12);
        byte[] whole = create().toByteArray();
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = whole.clone();
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            ByteString message = ByteString.copyFrom(octets, 0, random.nextInt(octets.length));
            try {
                assertThat(CreateRequest.read(message)).isNotNull();
            } catch (MalformedException e) {
                assertThat(e).hasMessageNotContaining("secret");
            }
        }
    }

    @Test
    void whatIsTooLongIsNotRead() {
        ByteString longText = Answers.written(out -> out.writeString(7, "r".repeat(70_000)));
        assertThatThrownBy(() -> CreateRequest.read(longText)).isInstanceOf(MalformedException.class);
        ByteString many = Answers.written(out -> {
            for (int i = 0; i < 200; i++) {
                entry(out, 17, "a" + i, "b");
            }
        });
        assertThatThrownBy(() -> CreateRequest.read(many)).isInstanceOf(MalformedException.class);
    }
}
