package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** LiveKit's room service through its HTTP API (Twirp), as an operator's tools would use it. */
public final class LiveKitRooms {
    private static final int UNAVAILABLE = 503;
    private static final int MOST_TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI server;
    private final String key;
    private final String secret;

    LiveKitRooms(HttpClient http, URI liveKit, String key, String secret) {
        this.http = http;
        this.server = URI.create(liveKit.toString().replaceFirst("^ws", "http"));
        this.key = key;
        this.secret = secret;
    }

    /**
     * Returns the names of the occupied rooms with this prefix. The room's own participant count is not used, because LiveKit keeps
     * counting an agent that was killed until the room is closed.
     */
    public List<String> occupied(String beginning) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (JsonNode room : ask("ListRooms", "{}").path("rooms")) {
            String name = room.path("name").asText();
            if (name.startsWith(beginning) && room.path("num_participants").asInt() > 0 && isOccupied(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /**
     * What LiveKit holds, empty rooms included.
     *
     * @param participants by the rooms' own counts
     */
    public record Held(int rooms, int participants) {}

    /** Returns how many rooms with this prefix there are, and how many participants are in them. */
    public Held held(String beginning) throws IOException, InterruptedException {
        int rooms = 0;
        int participants = 0;
        for (JsonNode room : ask("ListRooms", "{}").path("rooms")) {
            if (room.path("name").asText().startsWith(beginning)) {
                rooms++;
                participants += room.path("num_participants").asInt();
            }
        }
        return new Held(rooms, participants);
    }

    /** Returns the metadata of a room as agents see it; empty if there is no such room. */
    public String metadata(String room) {
        try {
            return ask("ListRooms", "{\"names\": [\"" + room + "\"]}").path("rooms").path(0).path("metadata").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isOccupied(String room) throws IOException, InterruptedException {
        return !ask("ListParticipants", "{\"room\": \"" + room + "\"}", room).path("participants").isEmpty();
    }

    /** Closes a room, like an agent that has finished. */
    public void close(String room) throws IOException, InterruptedException {
        ask("DeleteRoom", "{\"room\": \"" + room + "\"}");
    }

    /** Sets attributes of a participant, as an agent does through the server's API. */
    public void set(String room, String identity, Map<String, String> attributes) throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("room", room).put("identity", identity);
        attributes.forEach(body.putObject("attributes")::put);
        ask("UpdateParticipant", body.toString(), room);
    }

    private JsonNode ask(String method, String body) throws IOException, InterruptedException {
        return ask(method, body, "");
    }

    /** @param room that the token is for; empty for none */
    private JsonNode ask(String method, String body, String room) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/twirp/livekit.RoomService/" + method))
                .header("Authorization", "Bearer " + token(room))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        for (int i = 0; response.statusCode() == UNAVAILABLE && i < MOST_TRIES; i++) {
            // LiveKit sends itself requests over its bus, and on a very busy machine its own answer comes too late for it.
            Thread.sleep(PAUSE);
            response = http.send(request, BodyHandlers.ofString());
        }
        if (response.statusCode() != 200 && response.statusCode() != 404) {
            throw new IOException(method + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private String token(String room) {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"iss\": \"%s\", \"nbf\": %d, \"exp\": %d, \"video\": {\"roomList\": true, \"roomCreate\": true, \"roomAdmin\": true, \"room\": \"%s\"}}"
                .formatted(key, now - 10, now + 300, room);
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
