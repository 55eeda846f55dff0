package dev.trunkline.sipapi.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code rpc.InternalCreateSIPParticipantRequest}: livekit-server's form of a CreateSIPParticipant, with the trunk's fields in
 * it. Only the fields that Trunkline uses or rejects are read.
 *
 * @param sipCallId LiveKit's id of the call, which it has already given to its client
 * @param sipTrunkId empty for a trunk given inline
 * @param address of the trunk, {@code host} or {@code host:port}
 * @param number to be shown to the callee
 * @param to the callee: a number, or the Request-URI if the request has one
 * @param ringingSeconds 0 for the default
 * @param longestSeconds 0 for the maximum
 * @param dtmf digits to send after the answer, {@code w} for a pause of half a second
 * @param account of the trunk, used only if the trunk is given inline
 * @param extras further properties of the participant and the INVITE
 */
public record CreateRequest(
        String sipCallId,
        String sipTrunkId,
        String address,
        String number,
        String to,
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
        boolean waitUntilAnswered,
        Account account,
        Extras extras) {

    /** {@code livekit.SIPMediaEncryption}. */
    public enum MediaEncryption { OFF, ALLOW, REQUIRE }

    /** {@code livekit.SIPTransport}. */
    public enum Transport { AUTO, UDP, TCP, TLS }

    /** {@code livekit.SIPHeaderOptions}. */
    public enum IncludeHeaders { NONE, X, ALL }

    /** @param username empty for none @param password likewise */
    public record Account(Transport transport, String username, String password) {
        public static final Account NONE = new Account(Transport.AUTO, "", "");

        /** Shows nothing: this record must not leak into a log line. */
        @Override
        public String toString() {
            return "Account[…]";
        }
    }

    /**
     * @param displayName in From; empty for none
     * @param headersToAttributes of the 200
     * @param attributesToHeaders of each BYE and REFER that the suite sends
     * @param include which of its headers the participant gets under their own names
     * @param krisp whether the agent in the room should remove noise from the phone's audio
     */
    public record Extras(
            String displayName, Map<String, String> headersToAttributes, Map<String, String> attributesToHeaders, IncludeHeaders include,
            boolean krisp) {
        public static final Extras NONE = new Extras("", Map.of(), Map.of(), IncludeHeaders.NONE, false);
    }

    public static CreateRequest read(ByteString message) throws MalformedException {
        var reader = new Reader();
        Reading.all(message, reader);
        return reader.request();
    }

    /** Returns whether the number must be kept out of the room: livekit-server then leaves the attributes out. */
    public boolean hidesNumber() {
        return !attributes.containsKey("sip.phoneNumber");
    }

    /** Leaves out the callee and the trunk's details: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "CreateRequest[" + sipCallId + "]";
    }

    private static final class Reader implements Reading.Field {
        /** {@code livekit.SIPFeature}. */
        private static final int KRISP = 1;

        private final Map<Integer, String> texts = new HashMap<>();
        private final Map<String, String> attributes = new HashMap<>();
        private final Map<String, String> headers = new HashMap<>();
        private final Map<String, String> headersToAttributes = new HashMap<>();
        private final Map<String, String> attributesToHeaders = new HashMap<>();
        private Optional<String> uri = Optional.empty();
        private Optional<String> fromName = Optional.empty();
        private int transport;
        private int include;
        private boolean krisp;
        private boolean playDialtone;
        private boolean waits;
        private long ringing;
        private long longest;
        private int encryption;

        @Override
        public boolean read(int number, CodedInputStream in) throws IOException, MalformedException {
            switch (number) {
                case 2, 3, 4, 5, 6, 7, 8, 11, 13, 14, 15, 19, 31 -> texts.put(number, Reading.text(in));
                case 12 -> playDialtone = in.readBool();
                case 16 -> transport = in.readEnum();
                case 17 -> Reading.entry(in, attributes);
                case 21 -> Reading.entry(in, headers);
                case 22 -> Reading.entry(in, headersToAttributes);
                case 23 -> ringing = Reading.seconds(in);
                case 24 -> longest = Reading.seconds(in);
                case 25 -> krisp |= Reading.hasConstant(in, KRISP);
                case 26 -> Reading.entry(in, attributesToHeaders);
                case 27 -> include = in.readEnum();
                case 28 -> encryption = in.readEnum();
                case 29 -> waits = in.readBool();
                case 35 -> uri = destination(in.readBytes());
                case 36 -> fromName = name(in.readBytes());
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
                    text(13), text(19), text(2), text(3), uri.orElseGet(() -> text(4)), text(7), text(8), text(14),
                    text(15), Map.copyOf(attributes), Map.copyOf(headers), text(11), playDialtone, ringing, longest, media, waits,
                    new Account(constant(Transport.values(), transport), text(5), text(6)),
                    new Extras(
                            texts.containsKey(31) ? text(31) : fromName.orElse(""), Map.copyOf(headersToAttributes), Map.copyOf(attributesToHeaders),
                            constant(IncludeHeaders.values(), include), krisp));
        }

        /** Returns the constant of a number; the first one if only another version has it. */
        private static <T> T constant(T[] values, int number) {
            return values[number >= 0 && number < values.length ? number : 0];
        }

        /** Returns the name in {@code livekit.SIPNamedDest}. */
        private static Optional<String> name(ByteString message) throws MalformedException {
            String[] name = {""};
            Reading.all(message, (number, in) -> {
                if (number != 3) {
                    return false;
                }
                name[0] = Reading.text(in);
                return true;
            });
            return Optional.of(name[0]).filter(text -> !text.isEmpty());
        }

        /** Returns the URI of {@code livekit.SIPRequestDest}, which is given whole or in parts. */
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
