package dev.trunkline.sipapi.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code rpc.InternalCreateSIPParticipantRequest}: what livekit-server makes of a CreateSIPParticipant, with the trunk's fields in
 * it. Read are those that Trunkline does something with, or refuses.
 *
 * @param sipCallId LiveKit's id of the call, which it has told its caller already
 * @param sipTrunkId empty for a trunk given inline
 * @param address of the trunk, {@code host} or {@code host:port}
 * @param number that is to be shown
 * @param to whom to call: a number, or the Request-URI where the request has one
 * @param password of the trunk; only whether there is one is of interest
 * @param ringingSeconds 0 for what is usual
 * @param longestSeconds 0 for as long as may be
 */
public record CreateRequest(
        String sipCallId,
        String sipTrunkId,
        String address,
        String number,
        String to,
        boolean password,
        String room,
        String identity,
        String name,
        String metadata,
        Map<String, String> attributes,
        Map<String, String> headers,
        String dtmf,
        boolean playDialtone,
        long ringingSeconds,
        long longestSeconds,
        MediaEncryption encryption,
        boolean waitUntilAnswered) {

    /** {@code livekit.SIPMediaEncryption}. */
    public enum MediaEncryption { OFF, ALLOW, REQUIRE }

    public static CreateRequest read(ByteString message) throws MalformedException {
        var reader = new Reader();
        Reading.all(message, reader);
        return reader.request();
    }

    /** Whether the number is to be kept out of the room: livekit-server then leaves the attributes out. */
    public boolean hidesNumber() {
        return !attributes.containsKey("sip.phoneNumber");
    }

    /** Leaves out whom it calls and how: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "CreateRequest[" + sipCallId + "]";
    }

    private static final class Reader implements Reading.Field {
        private final Map<Integer, String> texts = new HashMap<>();
        private final Map<String, String> attributes = new HashMap<>();
        private final Map<String, String> headers = new HashMap<>();
        private Optional<String> uri = Optional.empty();
        private boolean playDialtone;
        private boolean waits;
        private long ringing;
        private long longest;
        private int encryption;

        @Override
        public boolean read(int number, CodedInputStream in) throws IOException, MalformedException {
            switch (number) {
                case 2, 3, 4, 6, 7, 8, 11, 13, 14, 15, 19 -> texts.put(number, Reading.text(in));
                case 12 -> playDialtone = in.readBool();
                case 17 -> Reading.entry(in, attributes);
                case 21 -> Reading.entry(in, headers);
                case 23 -> ringing = Reading.seconds(in);
                case 24 -> longest = Reading.seconds(in);
                case 28 -> encryption = in.readEnum();
                case 29 -> waits = in.readBool();
                case 35 -> uri = destination(in.readBytes());
                default -> {
                    return false;
                }
            }
            return true;
        }

        private String text(int number) {
            return texts.getOrDefault(number, "");
        }

        CreateRequest request() {
            MediaEncryption media = switch (encryption) {
                case 1 -> MediaEncryption.ALLOW;
                case 2 -> MediaEncryption.REQUIRE;
                default -> MediaEncryption.OFF;
            };
            return new CreateRequest(
                    text(13), text(19), text(2), text(3), uri.orElseGet(() -> text(4)), !text(6).isEmpty(), text(7), text(8), text(14),
                    text(15), Map.copyOf(attributes), Map.copyOf(headers), text(11), playDialtone, ringing, longest, media, waits);
        }

        /** {@code livekit.SIPRequestDest}: as it is written, or in parts. */
        private static Optional<String> destination(ByteString message) throws MalformedException {
            String[] raw = {""};
            String[] parts = {"", ""};
            Reading.all(message, (number, in) -> {
                switch (number) {
                    case 1 -> raw[0] = Reading.text(in);
                    case 2 -> Reading.all(in.readBytes(), (inner, values) -> {
                        if (inner != 1 && inner != 2) {
                            return false;
                        }
                        parts[inner - 1] = Reading.text(values);
                        return true;
                    });
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            if (!raw[0].isEmpty()) {
                String text = raw[0].strip();
                return Optional.of(text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text);
            }
            return parts[0].isEmpty() ? Optional.empty() : Optional.of("sip:" + parts[0] + "@" + parts[1]);
        }
    }
}
