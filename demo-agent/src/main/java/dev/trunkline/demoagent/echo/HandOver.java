package dev.trunkline.demoagent.echo;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.trunkline.rtc.DataMessage.SipDtmf;
import dev.trunkline.rtc.DataMessage.UserData;
import java.nio.charset.StandardCharsets;

/**
 * Requests a hand-off of the caller, as any agent may: a data message to the caller's participant, which is the relay; its
 * answers use the same topic.
 *
 * @param target a number, or a SIP URI
 */
record HandOver(String target) {
    static final String TOPIC = "trunkline.transfer";
    private static final String KEY = "9";
    /** Longest answer that is parsed, in octets. */
    private static final int LONGEST = 4_096;

    static boolean wishedBy(SipDtmf key) {
        return key.digit().equals(KEY);
    }

    UserData question() {
        Struct wish = Struct.newBuilder()
                .putFields("to", Value.newBuilder().setStringValue(target).build())
                .build();
        try {
            String json = JsonFormat.printer().omittingInsignificantWhitespace().print(wish);
            return new UserData(TOPIC, json.getBytes(StandardCharsets.UTF_8), true);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a text that cannot be written as JSON", e);
        }
    }

    static boolean answers(UserData message) {
        return message.topic().equals(TOPIC);
    }

    /** Returns the state, {@code started}, {@code succeeded} or {@code failed}, without detail and without the target. */
    static String words(UserData answer) {
        Struct.Builder told = Struct.newBuilder();
        try {
            if (answer.payload().length <= LONGEST) {
                JsonFormat.parser().merge(new String(answer.payload(), StandardCharsets.UTF_8), told);
            }
        } catch (InvalidProtocolBufferException e) {
            return "an answer that is not JSON";
        }
        String state = told.getFieldsOrDefault("state", Value.getDefaultInstance()).getStringValue();
        return switch (state) {
            case "started", "succeeded", "failed" -> state;
            default -> "an answer of another kind";
        };
    }
}
