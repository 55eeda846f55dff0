package dev.trunkline.sipapi.wire;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code rpc.InternalTransferSIPParticipantRequest}.
 *
 * @param sipCallId the call's {@code sip.callID}
 * @param to a {@code tel:} or {@code sip:} URI
 * @param ringingSeconds 0 for the default
 */
public record TransferRequest(String sipCallId, String to, boolean playDialtone, Map<String, String> headers, long ringingSeconds) {
    public TransferRequest {
        headers = Map.copyOf(headers);
    }

    public static TransferRequest read(ByteString message) throws MalformedException {
        String[] texts = {"", ""};
        boolean[] tone = {false};
        long[] ringing = {0};
        Map<String, String> headers = new HashMap<>();
        Reading.all(message, (number, in) -> {
            switch (number) {
                case 1, 2 -> texts[number - 1] = Reading.text(in);
                case 3 -> tone[0] = in.readBool();
                case 4 -> Reading.entry(in, headers);
                case 5 -> ringing[0] = Reading.seconds(in);
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new TransferRequest(texts[0], texts[1], tone[0], headers, ringing[0]);
    }

    /** Leaves out the target: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "TransferRequest[" + sipCallId + "]";
    }
}
