package dev.trunkline.demoagent.worker;

import java.util.Optional;
import livekit.LivekitAgent.Job;

/** Whoever does the jobs that a worker gets. Called one at a time; must not wait. */
public interface Jobs {

    /** Whether there is room for one more. */
    boolean available();

    /** From 0, idle, to 1, full. */
    float load();

    int running();

    /**
     * The job is ours.
     *
     * @param url where the room is, if LiveKit names another place than the worker's own
     * @param token to join the room with
     */
    void assigned(Job job, Optional<String> url, String token);

    /** A job was offered and not taken. */
    void declined();

    /** LiveKit wants the job to end. */
    void terminated(String jobId);
}
