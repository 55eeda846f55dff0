package dev.trunkline.sipapi.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Map;

/** Reads protobuf fields, with a limit for each text and each map. */
final class Reading {
    /** Metadata may be as long as LiveKit's limit; everything else is far shorter. */
    private static final int LONGEST_TEXT = 65_536;
    private static final int MOST_ENTRIES = 128;

    private Reading() {}

    /** Handles one field. */
    interface Field {
        /** @return false to skip it */
        boolean read(int number, CodedInputStream in) throws IOException, MalformedException;
    }

    static void all(ByteString message, Field field) throws MalformedException {
        CodedInputStream in = message.newCodedInput();
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (!field.read(WireFormat.getTagFieldNumber(tag), in)) {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new MalformedException("the message is not protobuf of the expected kind");
        }
    }

    static String text(CodedInputStream in) throws IOException, MalformedException {
        ByteString octets = in.readBytes();
        if (octets.size() > LONGEST_TEXT) {
            throw new MalformedException("a text of the message is longer than " + LONGEST_TEXT + " octets");
        }
        return octets.toStringUtf8();
    }

    static void entry(CodedInputStream in, Map<String, String> map) throws IOException, MalformedException {
        String[] pair = {"", ""};
        all(in.readBytes(), (number, inner) -> {
            if (number != 1 && number != 2) {
                return false;
            }
            pair[number - 1] = text(inner);
            return true;
        });
        if (map.size() >= MOST_ENTRIES) {
            throw new MalformedException("a map of the message has more than " + MOST_ENTRIES + " entries");
        }
        map.put(pair[0], pair[1]);
    }

    /** Returns whether a packed list of constants contains this one. */
    static boolean hasConstant(CodedInputStream in, int constant) throws IOException {
        CodedInputStream list = in.readBytes().newCodedInput();
        boolean has = false;
        while (!list.isAtEnd()) {
            has |= list.readEnum() == constant;
        }
        return has;
    }

    /** Returns a google.protobuf.Duration in whole seconds, rounded up; 0 for a negative one. */
    static long seconds(CodedInputStream in) throws IOException, MalformedException {
        long[] parts = {0, 0};
        all(in.readBytes(), (number, inner) -> {
            if (number != 1 && number != 2) {
                return false;
            }
            parts[number - 1] = inner.readInt64();
            return true;
        });
        return Math.max(0, parts[0] + (parts[1] > 0 ? 1 : 0));
    }
}
