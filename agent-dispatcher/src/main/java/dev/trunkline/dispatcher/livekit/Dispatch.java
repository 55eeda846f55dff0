package dev.trunkline.dispatcher.livekit;

import dev.trunkline.events.Agent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import livekit.LivekitAgent;
import livekit.LivekitAgent.JobStatus;
import livekit.LivekitAgentDispatch.AgentDispatch;

/**
 * A dispatch as LiveKit reports it. LiveKit 1.13 adds a job when a worker accepted it, and does not report here what
 * happened next: the state stays as it was then. Only the agent's participant in the room shows whether the agent came,
 * and stayed.
 *
 * @param agent the requested name; empty for workers without one
 * @param createdAt by LiveKit's clock
 * @param jobs in the order in which workers accepted them
 */
public record Dispatch(String id, String agent, String metadata, Instant createdAt, List<Job> jobs) {

    /** @param participant the identity that the worker's agent has in the room; may be empty */
    public record Job(JobStatus status, String error, String participant) {
        /** Describes the job, as part of a sentence. */
        Optional<String> story() {
            String failure = error.isEmpty() ? "" : ": " + error;
            return switch (status) {
                case JS_PENDING -> Optional.of("a worker took the job and has not started it");
                case JS_RUNNING -> Optional.of("a worker is running the job and not listening to anybody");
                case JS_SUCCESS -> Optional.of("a worker finished the job without listening");
                case JS_FAILED -> Optional.of("the worker failed" + failure);
                case UNRECOGNIZED -> Optional.empty();
            };
        }

        boolean ended() {
            return status == JobStatus.JS_SUCCESS || status == JobStatus.JS_FAILED;
        }
    }

    public Dispatch {
        jobs = List.copyOf(jobs);
    }

    static Dispatch of(AgentDispatch told) {
        List<Job> jobs = told.getState().getJobsList().stream().map(LivekitAgent.Job::getState)
                .map(state -> new Job(state.getStatus(), state.getError(), state.getParticipantIdentity()))
                .toList();
        Instant createdAt = Instant.ofEpochSecond(0, told.getState().getCreatedAt());
        return new Dispatch(told.getId(), told.getAgentName(), told.getMetadata(), createdAt, jobs);
    }

    /** Whether it asks for this agent, with the same metadata. LiveKit's list has no reference to a call. */
    public boolean asks(Agent wanted) {
        return agent.equals(wanted.name()) && metadata.equals(AgentDispatches.metadata(wanted));
    }

    /** Whether a worker has a job of it that has not ended, as far as LiveKit reports. */
    public boolean underway() {
        return jobs.stream().anyMatch(job -> !job.ended());
    }

    /** Returns the identities that its agents have in the room. */
    public Set<String> participants() {
        return jobs.stream().map(Job::participant).filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns what became of it, as part of a sentence; empty if nothing is known except that it was accepted. */
    public Optional<String> story() {
        String nobody = agent.isEmpty() ? "no worker without a name took the job" : "no worker of that name took the job";
        return jobs.isEmpty() ? Optional.of(nobody) : jobs.getLast().story();
    }
}
