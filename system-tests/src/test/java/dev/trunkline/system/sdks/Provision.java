package dev.trunkline.system.sdks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.livekit.server.CreateSipDispatchRuleOptions;
import io.livekit.server.CreateSipInboundTrunkOptions;
import io.livekit.server.CreateSipOutboundTrunkOptions;
import io.livekit.server.CreateSipParticipantOptions;
import io.livekit.server.RoomServiceClient;
import io.livekit.server.SipDispatchRule;
import io.livekit.server.SipDispatchRuleDirect;
import io.livekit.server.SipDispatchRuleIndividual;
import io.livekit.server.SipServiceClient;
import io.livekit.server.TransferSipParticipantOptions;
import io.livekit.server.UpdateSipDispatchRuleOptions;
import io.livekit.server.UpdateSipInboundTrunkOptions;
import io.livekit.server.UpdateSipOutboundTrunkOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.RoomConfiguration;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Response;

/**
 * Trunks, rules and calls made with LiveKit's Java SDK, written for livekit-sip: it knows nothing of Trunkline. Settings, steps and
 * lines are those of {@code provision.py}. This SDK lacks rules of the type callee and the called numbers of a rule, so each rule has a
 * trunk of its own; it also lacks a ringing timeout.
 */
public final class Provision {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SETTINGS = System.getenv();
    private static final String PREFIX = SETTINGS.get("PREFIX");
    private static final List<String> NUMBERS = List.of(SETTINGS.getOrDefault("NUMBERS", "").split(","));
    private static final String PIN = "4711";

    private final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final OkHttpClient http = new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(60)).build();
    private final SipServiceClient sip;
    private final RoomServiceClient rooms;
    private final Map<String, String> trunks = new LinkedHashMap<>();
    private final Map<String, String> rules = new LinkedHashMap<>();

    private Provision() {
        String url = SETTINGS.get("LIVEKIT_URL").replaceFirst("^ws", "http");
        this.sip = SipServiceClient.createClient(url, SETTINGS.get("LIVEKIT_API_KEY"), SETTINGS.get("LIVEKIT_API_SECRET"), () -> http);
        this.rooms = RoomServiceClient.createClient(url, SETTINGS.get("LIVEKIT_API_KEY"), SETTINGS.get("LIVEKIT_API_SECRET"), () -> http);
    }

    public static void main(String... arguments) throws Exception {
        new Provision().run();
        System.exit(0);
    }

    private void run() throws Exception {
        String carrier = provision();
        say("ready", Map.of());
        String[] last = {};
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            last = caller(rule.getValue());
            lines.readLine();
        }
        told("transfer-busy", sip.transferSipParticipant(last[0], last[1], "tel:" + SETTINGS.get("CALLED"), new TransferSipParticipantOptions()));
        lines.readLine();
        told("transfer", sip.transferSipParticipant(last[0], last[1], "tel:" + SETTINGS.get("CALLED"), new TransferSipParticipantOptions()));
        for (String name : List.of("call", "call-busy", "call-declined")) {
            lines.readLine();
            told(name, call(carrier, name));
        }
        for (String rule : rules.values()) {
            told("rule-deleted", sip.deleteSipDispatchRule(rule));
        }
        for (String trunk : trunks.values()) {
            told("trunk-deleted", sip.deleteSipTrunk(trunk));
        }
        told("trunk-deleted", sip.deleteSipTrunk(carrier));
        told("call-without-trunk", call(carrier, "nobody"));
        say("done", Map.of());
    }

    private String provision() throws IOException {
        trunk("direct", NUMBERS.get(0));
        trunk("individual", NUMBERS.get(1));
        trunk("pin", NUMBERS.get(2));
        told("no-gate", sip.createSipInboundTrunk("open", List.of()));
        told("taken", sip.createSipInboundTrunk("again", NUMBERS.subList(0, 1)));
        String carrier = told("outbound-trunk", sip.createSipOutboundTrunk(
                PREFIX + "-carrier", "127.0.0.1:9", List.of(SETTINGS.get("SHOWN")), new CreateSipOutboundTrunkOptions())).getSipTrunkId();
        rule("direct", new SipDispatchRuleDirect(PREFIX + "-hall", ""));
        rule("individual", new SipDispatchRuleIndividual(PREFIX + "-draft", ""));
        rule("pin", new SipDispatchRuleDirect(PREFIX + "-secret", PIN));
        toldAll("trunks", sip.listSipInboundTrunk());
        toldAll("outbound-trunks", sip.listSipOutboundTrunk());
        toldAll("rules", sip.listSipDispatchRule());

        var numbers = new UpdateSipInboundTrunkOptions();
        numbers.setNumbers(NUMBERS.subList(3, 4));
        told("trunk-updated", sip.updateSipInboundTrunk(trunks.get("pin"), numbers));
        var address = new UpdateSipOutboundTrunkOptions();
        address.setAddress(SETTINGS.get("CARRIER"));
        told("outbound-updated", sip.updateSipOutboundTrunk(carrier, address));
        var rule = new UpdateSipDispatchRuleOptions();
        rule.setRule(new SipDispatchRuleIndividual(PREFIX + "-one", ""));
        told("rule-updated", sip.updateSipDispatchRule(rules.get("individual"), rule));
        return carrier;
    }

    private void trunk(String name, String number) throws IOException {
        var options = new CreateSipInboundTrunkOptions();
        options.setAllowedAddresses(List.of(SETTINGS.get("PEER")));
        trunks.put(name, told("inbound-trunk", sip.createSipInboundTrunk(PREFIX + "-pbx-" + name, List.of(number), options)).getSipTrunkId());
    }

    private void rule(String name, SipDispatchRule rule) throws IOException {
        var options = new CreateSipDispatchRuleOptions();
        options.setName(PREFIX + "-" + name);
        options.setTrunkIds(List.of(trunks.get(name)));
        options.setMetadata("of " + name);
        options.setAttributes(Map.of("team", name));
        options.setRoomConfig(RoomConfiguration.newBuilder()
                .addAgents(RoomAgentDispatch.newBuilder().setAgentName(SETTINGS.get("AGENT")).setMetadata("{\"scenario\": \"echo\"}"))
                .build());
        SIPDispatchRuleInfo made = told(name, sip.createSipDispatchRule(rule, options));
        rules.put(name, made.getSipDispatchRuleId());
    }

    private Call<? extends Message> call(String trunk, String name) {
        var options = new CreateSipParticipantOptions(name, "Anna", null, null, null, null, null, true);
        return sip.createSipParticipant(trunk, SETTINGS.get("CALLED"), PREFIX + "-out", options);
    }

    /** Waits for a caller in a room of this rule. @return room and identity */
    private String[] caller(String rule) throws IOException, InterruptedException {
        while (true) {
            for (Room room : rooms.listRooms().execute().body()) {
                List<ParticipantInfo> there = rooms.listParticipants(room.getName()).execute().body();
                for (ParticipantInfo who : there == null ? List.<ParticipantInfo>of() : there) {
                    if (rule.equals(who.getAttributesMap().get("sip.ruleID"))) {
                        say("caller", Map.of("rule", rule, "room", room.getName(), "who", JSON.readTree(printed(who))));
                        return new String[] {room.getName(), who.getIdentity()};
                    }
                }
            }
            Thread.sleep(100);
        }
    }

    /** Sends a request to LiveKit, and reports the response. */
    private static <T> T told(String step, Call<T> request) throws IOException {
        Response<T> answer = answered(step, request);
        if (answer.isSuccessful()) {
            say(step, Map.of("answer", answer.body() instanceof Message message ? JSON.readTree(printed(message)) : JSON.createObjectNode()));
        }
        return answer.body();
    }

    private static void toldAll(String step, Call<? extends List<? extends Message>> request) throws IOException {
        ObjectNode items = JSON.createObjectNode();
        for (Message item : answered(step, request).body()) {
            items.withArrayProperty("items").add(JSON.readTree(printed(item)));
        }
        say(step, Map.of("answer", items));
    }

    private static <T> Response<T> answered(String step, Call<T> request) throws IOException {
        Response<T> answer = request.execute();
        if (!answer.isSuccessful()) {
            say(step, Map.of("error", JSON.readTree(answer.errorBody().string())));
        }
        return answer;
    }

    private static String printed(Message message) throws IOException {
        return JsonFormat.printer().preservingProtoFieldNames().print(message);
    }

    private static void say(String step, Map<String, Object> more) throws IOException {
        Map<String, Object> said = new LinkedHashMap<>(Map.of("step", step));
        said.putAll(more);
        System.out.println(JSON.writeValueAsString(said));
    }
}
