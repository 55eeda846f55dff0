package dev.trunkline.sipapi.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;

/** The answers to successful requests. */
public final class Answers {
    private static final int TRANSFER_SUCCESSFUL = 2;
    private static final int TRANSFER_COMPLETED = 1;

    private Answers() {}

    /**
     * Writes {@code rpc.InternalCreateSIPParticipantResponse}.
     *
     * @param participantId LiveKit's id, {@code PA_…}; empty if it is not known
     */
    public static ByteString created(String participantId, String identity, String sipCallId) {
        return written(out -> {
            out.writeString(1, participantId);
            out.writeString(2, identity);
            out.writeString(3, sipCallId);
        });
    }

    /**
     * Writes {@code rpc.InternalTransferSIPParticipantResponse} for a successful transfer; a server that expects no fields
     * skips them.
     */
    public static ByteString transferred(String transferId) {
        return written(out -> {
            out.writeString(1, transferId);
            out.writeEnum(2, TRANSFER_SUCCESSFUL);
            out.writeEnum(3, TRANSFER_COMPLETED);
        });
    }

    interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    static ByteString written(Writing writing) {
        var octets = ByteString.newOutput();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(octets);
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return octets.toByteString();
    }
}
