package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import io.livekit.server.AccessToken;
import io.livekit.server.AgentDispatchServiceClient;
import io.livekit.server.CreateSipDispatchRuleOptions;
import io.livekit.server.CreateSipInboundTrunkOptions;
import io.livekit.server.RoomAdmin;
import io.livekit.server.RoomName;
import io.livekit.server.RoomServiceClient;
import io.livekit.server.SIPAdmin;
import io.livekit.server.SIPCall;
import io.livekit.server.SipDispatchRuleIndividual;
import io.livekit.server.SipServiceClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.RoomConfiguration;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import livekit.LivekitSip.SIPParticipantInfo;
import livekit.LivekitSip.TransferSIPParticipantRequest;
import retrofit2.Response;

/** LiveKit's SIP API and rooms, with the messages, tokens and clients of LiveKit's server SDK. */
public final class LiveKitSip {
    private final HttpClient http;
    private final URI server;
    private final String key;
    private final String secret;

    /** The result of a request. @param error as Twirp writes it; empty if there was none */
    public record Answer(int status, byte[] body, Optional<JsonNode> error) {
        public SIPParticipantInfo participant() throws IOException {
            return SIPParticipantInfo.parseFrom(body);
        }

        /** Returns Twirp's error code. */
        public String code() {
            return error.map(json -> json.path("code").asText()).orElse("");
        }

        /** Returns the SIP response that the error contains. */
        public String sipStatus() {
            return error.map(json -> json.path("meta").path("sip_status_code").asText()).orElse("");
        }
    }

    LiveKitSip(HttpClient http, URI liveKit, String key, String secret) {
        this.http = http;
        this.server = URI.create(liveKit.toString().replaceFirst("^ws", "http"));
        this.key = key;
        this.secret = secret;
    }

    /** Makes an outbound trunk. @return its id */
    public String outboundTrunk(String name, String address, String number) throws IOException {
        return body(sip().createSipOutboundTrunk(name, address, List.of(number)).execute()).getSipTrunkId();
    }

    /** Makes an inbound trunk of one number and one address. @return its id */
    public String inboundTrunk(String name, String number, String address) throws IOException {
        var options = new CreateSipInboundTrunkOptions();
        options.setAllowedAddresses(List.of(address));
        return body(sip().createSipInboundTrunk(name, List.of(number), options).execute()).getSipTrunkId();
    }

    /** Makes an individual rule of one trunk that calls one agent. @return its id */
    public String rule(String name, String roomPrefix, String trunk, String agent, String metadata) throws IOException {
        var options = new CreateSipDispatchRuleOptions();
        options.setName(name);
        options.setTrunkIds(List.of(trunk));
        options.setRoomConfig(RoomConfiguration.newBuilder()
                .addAgents(RoomAgentDispatch.newBuilder().setAgentName(agent).setMetadata(metadata)).build());
        return body(sip().createSipDispatchRule(new SipDispatchRuleIndividual(roomPrefix, ""), options).execute()).getSipDispatchRuleId();
    }

    /** Returns the ids of all trunks and rules. */
    public Set<String> ids() throws IOException {
        Set<String> ids = new HashSet<>();
        body(sip().listSipInboundTrunk().execute()).forEach(trunk -> ids.add(trunk.getSipTrunkId()));
        body(sip().listSipOutboundTrunk().execute()).forEach(trunk -> ids.add(trunk.getSipTrunkId()));
        body(sip().listSipDispatchRule().execute()).forEach(rule -> ids.add(rule.getSipDispatchRuleId()));
        return ids;
    }

    public void deleteTrunk(String id) throws IOException {
        body(sip().deleteSipTrunk(id).execute());
    }

    public void deleteRule(String id) throws IOException {
        body(sip().deleteSipDispatchRule(id).execute());
    }

    private SipServiceClient sip() {
        return SipServiceClient.createClient(server.toString(), key, secret);
    }

    public CompletableFuture<Answer> create(CreateSIPParticipantRequest request) {
        return ask("CreateSIPParticipant", request.toByteArray(), "");
    }

    public CompletableFuture<Answer> transfer(TransferSIPParticipantRequest request) {
        return ask("TransferSIPParticipant", request.toByteArray(), request.getRoomName());
    }

    private CompletableFuture<Answer> ask(String method, byte[] body, String room) {
        var token = new AccessToken(key, secret);
        token.addSIPGrants(new SIPAdmin(true), new SIPCall(true));
        if (!room.isEmpty()) {
            token.addGrants(new RoomAdmin(true), new RoomName(room));
        }
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/twirp/livekit.SIP/" + method))
                .header("Authorization", "Bearer " + token.toJwt())
                .header("Content-Type", "application/protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).thenApply(LiveKitSip::answer);
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        try {
            Optional<JsonNode> error =
                    response.statusCode() == 200 ? Optional.empty() : Optional.of(EventJson.MAPPER.readTree(response.body()));
            return new Answer(response.statusCode(), response.body(), error);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the participant with this attribute in any room, with the room's name. */
    public Optional<InRoom> participantWith(String attribute, String value) throws IOException {
        return participantsWith(attribute, value).stream().findFirst();
    }

    /** Returns all participants with this attribute. */
    public List<InRoom> participantsWith(String attribute, String value) throws IOException {
        return everybody().stream().filter(found -> value.equals(found.participant().getAttributesMap().get(attribute))).toList();
    }

    /** Returns the participants of all rooms. */
    public List<InRoom> everybody() throws IOException {
        List<InRoom> found = new ArrayList<>();
        RoomServiceClient rooms = RoomServiceClient.createClient(server.toString(), key, secret);
        for (Room room : body(rooms.listRooms().execute())) {
            body(rooms.listParticipants(room.getName()).execute()).forEach(participant -> found.add(new InRoom(room.getName(), participant)));
        }
        return found;
    }

    /** Dispatches an agent to a room. */
    public void dispatch(String room, String agent, String metadata) throws IOException {
        body(AgentDispatchServiceClient.createClient(server.toString(), key, secret).createDispatch(room, agent, metadata).execute());
    }

    /** Removes a participant from a room. */
    public void remove(String room, String identity) throws IOException {
        RoomServiceClient.createClient(server.toString(), key, secret).removeParticipant(room, identity).execute();
    }

    /** Deletes a room together with its participants. */
    public void delete(String room) throws IOException {
        RoomServiceClient.createClient(server.toString(), key, secret).deleteRoom(room).execute();
    }

    /** A participant of a room. */
    public record InRoom(String room, ParticipantInfo participant) {}

    private static <T> T body(Response<T> response) throws IOException {
        if (!response.isSuccessful()) {
            throw new IOException("LiveKit answered " + response.code() + ": " + response.errorBody().string());
        }
        return response.body();
    }
}
