package dev.trunkline.demoagent.worker;

import java.util.Optional;
import livekit.LivekitAgent.Job;

/** Runs the jobs that a worker gets. Called one at a time; must not block. */
public interface Jobs {

    /** Whether another job can be accepted. */
    boolean available();

    /** The load, from 0, idle, to 1, full. */
    float load();

    int running();

    /**
     * The job was assigned to us.
     *
     * @param url address of the room's server, if LiveKit names a different one from the worker's own
     * @param token to join the room with
     */
    void assigned(Job job, Optional<String> url, String token);

    /** A job was offered and not accepted. */
    void declined();

    /** LiveKit wants the job to end. */
    void terminated(String jobId);
}
