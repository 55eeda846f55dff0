package dev.trunkline.sipapi.wire;

import com.google.protobuf.ByteString;

/** {@code livekit.SIPOutboundTrunkInfo}, of which only the name is read. */
public final class OutboundTrunkName {
    private OutboundTrunkName() {}

    /** Returns the name; empty if there is none. */
    public static String read(byte[] stored) throws MalformedException {
        String[] name = {""};
        Reading.all(ByteString.copyFrom(stored), (number, in) -> {
            if (number != 2) {
                return false;
            }
            name[0] = Reading.text(in);
            return true;
        });
        return name[0];
    }
}
