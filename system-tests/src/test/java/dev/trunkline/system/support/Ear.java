package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A participant that uses LiveKit's own Python SDK: it sends a tone and hears the others. */
public final class Ear implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Fourier windows of 100 ms resolve frequencies to 10 Hz. */
    private static final int NEAR_HERTZ = 20;

    private final JsonProcess program;
    private boolean gone;

    private Ear(JsonProcess program) {
        this.program = program;
    }

    /** Joins a room, and returns once it is in the room. */
    static Ear join(Python python, String url, String key, String secret, String room, int hertz, boolean deaf, Path log)
            throws IOException {
        Ear ear = new Ear(python.start(
                "ear.py",
                Map.of(
                        "LIVEKIT_URL", url, "LIVEKIT_API_KEY", key, "LIVEKIT_API_SECRET", secret,
                        "EAR_ROOM", room, "EAR_TONE", Integer.toString(hertz), "EAR_DEAF", deaf ? "yes" : ""),
                log));
        ear.await("joined", said -> true);
        return ear;
    }

    /** Waits for the first matching report. */
    public JsonNode await(String event, java.util.function.Predicate<JsonNode> wanted) {
        return program.await(
                "the ear reports: " + event, PATIENCE, said -> said.path("event").asText().equals(event) && wanted.test(said));
    }

    /** Returns the room's metadata as it was at the join. */
    public String roomMetadata() {
        return await("joined", said -> true).path("metadata").asText();
    }

    /** Waits for the caller to be in the room. */
    public JsonNode awaitCaller() {
        return await("participant", said -> said.path("kind").asText().equals("PARTICIPANT_KIND_SIP"));
    }

    /** Waits until it has heard this many windows of 100 ms in which this frequency stood out. */
    public void awaitTone(int hertz, int windows) {
        Await.until("the ear hears " + hertz + " Hz for " + windows + " windows", PATIENCE, () -> windowsOf(hertz) >= windows);
    }

    /** Waits until it has heard this many more windows from now on. */
    public void awaitMore(int hertz, int windows) {
        awaitTone(hertz, Math.toIntExact(windowsOf(hertz)) + windows);
    }

    private long windowsOf(int hertz) {
        return program.said().stream()
                .filter(said -> said.path("event").asText().equals("tone"))
                .filter(said -> Math.abs(said.path("hertz").asInt() - hertz) <= NEAR_HERTZ)
                .count();
    }

    /** Sends a key to the caller. */
    public void sendDtmf(int digit) {
        program.tell("dtmf " + digit);
    }

    /** Subscribes to everybody who is there. */
    public void listen() {
        program.tell("listen");
    }

    /** Deletes the room. */
    public void closeRoom() {
        program.tell("close");
    }

    /** Leaves the room, like a user who closes a browser tab; the room stays. */
    public void leave() {
        gone = true;
        program.close();
    }

    /** Deletes the room, so that later participants get a new one, and ends. If it has left before, the room belongs to others. */
    @Override
    public void close() {
        if (!gone) {
            closeRoom();
            program.close();
        }
    }
}
