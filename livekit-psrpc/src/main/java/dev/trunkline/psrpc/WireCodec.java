package dev.trunkline.psrpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes the envelope ({@code internal.Msg}) and its content by hand: six messages do not justify a compiler in the
 * build. Input is not trusted: message, texts and lists are limited, unknown fields are skipped. Pure.
 */
final class WireCodec {
    /** Maximum octets of a message; larger ones are not read. */
    static final int MOST_OCTETS = 1 << 20;
    /** Ids are 16 characters long; another implementation's may be longer. */
    static final int LONGEST_ID = 128;
    static final int LONGEST_TEXT = 16_384;
    static final int MOST_DETAILS = 16;
    static final int MOST_METADATA = 64;

    private static final String TYPE = "type.googleapis.com/internal.";

    private WireCodec() {}

    static byte[] encode(Wire message) {
        String type = switch (message) {
            case Wire.Request request -> "Request";
            case Wire.Response response -> "Response";
            case Wire.Claim claim -> "ClaimRequest";
            case Wire.Grant grant -> "ClaimResponse";
        };
        byte[] body = written(out -> body(out, message));
        return written(out -> {
            out.writeString(1, TYPE + type);
            out.writeByteArray(2, body);
        });
    }

    private static void body(CodedOutputStream out, Wire message) throws IOException {
        out.writeString(1, message.requestId());
        switch (message) {
            case Wire.Request request -> request(out, request);
            case Wire.Response response -> response(out, response);
            case Wire.Claim(String id, String server, float affinity) -> {
                out.writeString(2, server);
                out.writeFloat(3, affinity);
            }
            case Wire.Grant(String id, String server) -> out.writeString(2, server);
        }
    }

    private static void request(CodedOutputStream out, Wire.Request request) throws IOException {
        out.writeString(2, request.clientId());
        out.writeInt64(3, request.sentAt());
        out.writeInt64(4, request.expiry());
        if (request.multi()) {
            out.writeBool(5, true);
        }
        for (Map.Entry<String, String> entry : request.metadata().entrySet()) {
            out.writeByteArray(7, written(inner -> {
                inner.writeString(1, entry.getKey());
                inner.writeString(2, entry.getValue());
            }));
        }
        out.writeBytes(8, request.payload());
    }

    private static void response(CodedOutputStream out, Wire.Response response) throws IOException {
        out.writeString(2, response.serverId());
        out.writeInt64(3, response.sentAt());
        if (response.error().isEmpty()) {
            out.writeBytes(7, response.payload());
            return;
        }
        Wire.Failure failure = response.error().get();
        // A reader takes an empty text for no error.
        out.writeString(5, failure.text().isEmpty() ? failure.code() : failure.text());
        out.writeString(6, failure.code());
        for (ErrorDetail detail : failure.details()) {
            out.writeByteArray(8, written(inner -> {
                inner.writeString(1, detail.typeUrl());
                inner.writeBytes(2, detail.value());
            }));
        }
    }

    /** @throws WireFormatException if this is not a psrpc message; the exception's text repeats nothing of it */
    static Wire decode(byte[] octets) throws WireFormatException {
        if (octets.length > MOST_OCTETS) {
            throw new WireFormatException("a message of %d octets, but at most %d are read".formatted(octets.length, MOST_OCTETS));
        }
        try {
            Pair envelope = pair(CodedInputStream.newInstance(octets));
            if (!envelope.name.startsWith(TYPE)) {
                throw new WireFormatException("a message of a type that psrpc does not have");
            }
            CodedInputStream in = envelope.value.newCodedInput();
            return switch (envelope.name.substring(TYPE.length())) {
                case "Request" -> readRequest(in);
                case "Response" -> readResponse(in);
                case "ClaimRequest" -> readClaim(in);
                case "ClaimResponse" -> readGrant(in);
                default -> throw new WireFormatException("a message of a type that is not handled here");
            };
        } catch (IOException e) {
            throw new WireFormatException("the message is not protobuf", e);
        }
    }

    private static Wire.Request readRequest(CodedInputStream in) throws IOException, WireFormatException {
        String id = "";
        String client = "";
        long sentAt = 0;
        long expiry = 0;
        boolean multi = false;
        Map<String, String> metadata = new HashMap<>();
        ByteString payload = ByteString.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> id = text(in, LONGEST_ID);
                case 2 -> client = text(in, LONGEST_ID);
                case 3 -> sentAt = in.readInt64();
                case 4 -> expiry = in.readInt64();
                case 5 -> multi = in.readBool();
                case 7 -> {
                    Pair entry = pair(in.readBytes().newCodedInput());
                    capped(metadata.size(), MOST_METADATA, "metadata");
                    metadata.put(entry.name, entry.value.toStringUtf8());
                }
                case 8 -> payload = in.readBytes();
                default -> in.skipField(tag);
            }
        }
        required(id, client);
        return new Wire.Request(id, client, sentAt, expiry, multi, Map.copyOf(metadata), payload);
    }

    private static Wire.Response readResponse(CodedInputStream in) throws IOException, WireFormatException {
        String id = "";
        String server = "";
        long sentAt = 0;
        String error = "";
        String code = "";
        List<ErrorDetail> details = new ArrayList<>();
        ByteString payload = ByteString.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> id = text(in, LONGEST_ID);
                case 2 -> server = text(in, LONGEST_ID);
                case 3 -> sentAt = in.readInt64();
                case 5 -> error = text(in, LONGEST_TEXT);
                case 6 -> code = text(in, LONGEST_ID);
                case 7 -> payload = in.readBytes();
                case 8 -> {
                    Pair any = pair(in.readBytes().newCodedInput());
                    capped(details.size(), MOST_DETAILS, "details");
                    details.add(new ErrorDetail(any.name, any.value));
                }
                default -> in.skipField(tag);
            }
        }
        required(id, server);
        Optional<Wire.Failure> failure =
                error.isEmpty() ? Optional.empty() : Optional.of(new Wire.Failure(code, error, List.copyOf(details)));
        return new Wire.Response(id, server, sentAt, failure, payload);
    }

    private static Wire.Claim readClaim(CodedInputStream in) throws IOException, WireFormatException {
        String id = "";
        String server = "";
        float affinity = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> id = text(in, LONGEST_ID);
                case 2 -> server = text(in, LONGEST_ID);
                case 3 -> affinity = in.readFloat();
                default -> in.skipField(tag);
            }
        }
        required(id, server);
        return new Wire.Claim(id, server, affinity);
    }

    private static Wire.Grant readGrant(CodedInputStream in) throws IOException, WireFormatException {
        Wire.Claim same = readClaim(in);
        return new Wire.Grant(same.requestId(), same.serverId());
    }

    /** The common form of the envelope, an Any and a map entry: text in field 1, octets in field 2. */
    private record Pair(String name, ByteString value) {}

    private static Pair pair(CodedInputStream in) throws IOException, WireFormatException {
        String name = "";
        ByteString value = ByteString.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = text(in, LONGEST_TEXT);
                case 2 -> value = in.readBytes();
                default -> in.skipField(tag);
            }
        }
        return new Pair(name, value);
    }

    private static String text(CodedInputStream in, int longest) throws IOException, WireFormatException {
        ByteString octets = in.readBytes();
        if (octets.size() > longest) {
            throw new WireFormatException("a text of %d octets, but at most %d are read".formatted(octets.size(), longest));
        }
        return octets.toStringUtf8();
    }

    private static void capped(int size, int most, String what) throws WireFormatException {
        if (size >= most) {
            throw new WireFormatException("more than %d %s".formatted(most, what));
        }
    }

    private static void required(String id, String who) throws WireFormatException {
        if (id.isEmpty() || who.isEmpty()) {
            throw new WireFormatException("a message without ids");
        }
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        var octets = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(octets);
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return octets.toByteArray();
    }
}
