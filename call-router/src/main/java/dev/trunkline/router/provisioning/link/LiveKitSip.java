package dev.trunkline.router.provisioning.link;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.trunkline.router.provisioning.ItemKey;
import dev.trunkline.router.provisioning.Kind;
import dev.trunkline.router.provisioning.LiveKitItem;
import io.livekit.server.SipServiceClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Response;

/** LiveKit's SIP API, through its own SDK. Waits for each answer. */
final class LiveKitSip implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

    private final OkHttpClient http;
    private final SipServiceClient sip;

    LiveKitSip(String url, String key, String secret) {
        this.http = new OkHttpClient.Builder().connectTimeout(CONNECTING).callTimeout(PATIENCE).build();
        this.sip = SipServiceClient.createClient(url.replaceFirst("^ws", "http"), key, secret, () -> http);
    }

    /** Returns all trunks and rules. @throws IOException if LiveKit does not return all of them */
    List<LiveKitItem> list() throws IOException {
        List<LiveKitItem> items = new ArrayList<>();
        for (SIPInboundTrunkInfo trunk : ask(sip.listSipInboundTrunk())) {
            items.add(item(Kind.INBOUND_TRUNK, trunk, SIPInboundTrunkInfo::getSipTrunkId));
        }
        for (SIPOutboundTrunkInfo trunk : ask(sip.listSipOutboundTrunk())) {
            items.add(item(Kind.OUTBOUND_TRUNK, trunk, SIPOutboundTrunkInfo::getSipTrunkId));
        }
        for (SIPDispatchRuleInfo rule : ask(sip.listSipDispatchRule())) {
            items.add(item(Kind.RULE, rule, SIPDispatchRuleInfo::getSipDispatchRuleId));
        }
        return items;
    }

    private static <M extends Message> LiveKitItem item(Kind kind, M message, Function<M, String> id) throws IOException {
        return new LiveKitItem(
                new ItemKey(kind, id.apply(message)),
                Base64.getEncoder().encodeToString(message.toByteArray()),
                JSON.readValue(PRINTER.print(message), ObjectNode.class));
    }

    private static <T> T ask(Call<T> question) throws IOException {
        Response<T> answer;
        try {
            answer = question.execute();
        } catch (RuntimeException e) {
            // Thrown by the SDK for octets that are not a protobuf message of that kind.
            throw new IOException("LiveKit's answer cannot be read", e);
        }
        if (!answer.isSuccessful() || answer.body() == null) {
            throw new IOException("LiveKit answers its SIP API with status " + answer.code()
                    + (answer.code() == 401 || answer.code() == 403 ? ": the key or the secret is wrong" : ""));
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
