package dev.trunkline.demoagent;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.Optional;
import livekit.LivekitAgent.Job;

/**
 * The options in a dispatch's metadata: {@code {"codec": "opus", "hand_over": "+3225550199"}}. Metadata in any other form sets none.
 *
 * @param opus whether to send Opus
 * @param handOverTo to whom a caller who presses 9 is handed over
 */
record Wishes(boolean opus, Optional<String> handOverTo) {

    static Wishes of(Job job) {
        Struct.Builder metadata = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(job.getMetadata(), metadata);
        } catch (InvalidProtocolBufferException e) {
            return new Wishes(false, Optional.empty());
        }
        return new Wishes(
                text(metadata, "codec").filter("opus"::equals).isPresent(), text(metadata, "hand_over"));
    }

    private static Optional<String> text(Struct.Builder metadata, String field) {
        return Optional.of(metadata.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue())
                .filter(text -> !text.isEmpty());
    }
}
