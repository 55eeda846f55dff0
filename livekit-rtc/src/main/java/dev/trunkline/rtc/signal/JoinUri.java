package dev.trunkline.rtc.signal;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import livekit.LivekitRtc;

/**
 * The URI of a join: {@code /rtc/v1?join_request=}, which includes the offer and the track to publish, and so saves a round
 * trip. The request is compressed, because proxies commonly reject a request line of more than 8 KiB.
 */
public final class JoinUri {

    private JoinUri() {
    }

    /** @param server {@code ws}, {@code wss}, {@code http} or {@code https}; its path is kept as a prefix */
    public static URI of(URI server, LivekitRtc.JoinRequest request) {
        String scheme = switch (server.getScheme()) {
            case "https", "wss" -> "wss";
            default -> "ws";
        };
        String prefix = server.getRawPath() == null ? "" : server.getRawPath().replaceAll("/+$", "");
        LivekitRtc.WrappedJoinRequest wrapped = LivekitRtc.WrappedJoinRequest.newBuilder()
                .setCompression(LivekitRtc.WrappedJoinRequest.Compression.GZIP)
                .setJoinRequest(ByteString.copyFrom(gzip(request.toByteArray())))
                .build();
        String text = Base64.getUrlEncoder().encodeToString(wrapped.toByteArray());
        return URI.create(scheme + "://" + server.getRawAuthority() + prefix
                + "/rtc/v1?join_request=" + URLEncoder.encode(text, StandardCharsets.US_ASCII));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
