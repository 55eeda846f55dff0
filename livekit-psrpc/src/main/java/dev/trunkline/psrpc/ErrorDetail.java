package dev.trunkline.psrpc;

import com.google.protobuf.ByteString;
import java.util.Objects;

/**
 * One detail of an error, a {@code google.protobuf.Any}.
 *
 * @param typeUrl for example {@code type.googleapis.com/livekit.SIPStatus}
 * @param value the message of that type
 */
public record ErrorDetail(String typeUrl, ByteString value) {
    public ErrorDetail {
        Objects.requireNonNull(typeUrl, "typeUrl");
        Objects.requireNonNull(value, "value");
    }
}
