package dev.trunkline.demoagent;

import dev.trunkline.demoagent.echo.EchoCall;
import dev.trunkline.demoagent.echo.Ending;
import dev.trunkline.demoagent.greeting.Greeting;
import dev.trunkline.demoagent.worker.Jobs;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.loop.FaultListener;
import dev.trunkline.rtc.loop.MediaLoop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import livekit.LivekitAgent.Job;
import org.jboss.logging.Logger;

/** Runs the worker's jobs: each is one {@link EchoCall}. */
final class EchoJobs implements Jobs {
    private static final Logger LOG = Logger.getLogger(EchoJobs.class);
    /** G.711 as it comes from a phone; Opus if the room enables nothing else. */
    private static final AudioPublication VOICE =
            new AudioPublication("echo", List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.OPUS));
    /** What agents on LiveKit's own SDKs send. */
    private static final AudioPublication OPUS_VOICE = new AudioPublication("echo", List.of(AudioCodec.OPUS));

    private final LiveKitRtc rtc;
    private final URI livekit;
    private final int most;
    private final Greeting greeting;
    private final OpusCodec opus;
    private final RandomGenerator random;
    private final AgentMetrics metrics;
    private final FaultListener faults;
    private final Reports reports;
    private final Map<String, EchoCall> calls = new ConcurrentHashMap<>();

    /** Tells LiveKit how a job ended. */
    interface Reports {
        void jobEnded(String jobId, Optional<String> error);
    }

    /**
     * @param most concurrent jobs
     * @param faults told what one job threw; the others continue
     */
    EchoJobs(
            LiveKitRtc rtc,
            URI livekit,
            int most,
            Greeting greeting,
            OpusCodec opus,
            RandomGenerator random,
            AgentMetrics metrics,
            FaultListener faults,
            Reports reports) {
        this.rtc = rtc;
        this.livekit = livekit;
        this.most = most;
        this.greeting = greeting;
        this.opus = opus;
        this.random = random;
        this.metrics = metrics;
        this.faults = faults;
        this.reports = reports;
    }

    @Override
    public boolean available() {
        return calls.size() < most;
    }

    @Override
    public float load() {
        return (float) calls.size() / most;
    }

    @Override
    public int running() {
        return calls.size();
    }

    @Override
    public void assigned(Job job, Optional<String> url, String token) {
        String jobId = job.getId();
        MediaLoop loop = rtc.nextLoop();
        Wishes wishes = Wishes.of(job);
        var call = new EchoCall(jobId, loop, greeting, opus, random, metrics, wishes.handOverTo());
        if (calls.putIfAbsent(jobId, call) != null) {
            return;
        }
        metrics.jobBegan();
        long began = System.nanoTime();
        call.ended().thenAccept(ending -> ended(jobId, ending));
        try {
            JoinRequest request = JoinRequest.of(url.map(URI::create).orElse(livekit), token).publishing(wishes.opus() ? OPUS_VOICE : VOICE);
            join(call, jobId, request, began);
        } catch (Throwable fault) {
            // For example an invalid URL: if it did not end, the job would count towards the limit for ever.
            faults.tell("job", fault);
            call.failed("the room cannot be joined: " + fault.getMessage());
        }
    }

    private void join(EchoCall call, String jobId, JoinRequest room, long began) {
        JoinRequest request = room.withLogLabel("job=" + jobId);
        rtc.join(request, call.loop(), call).whenComplete((joined, failure) -> {
            if (failure == null) {
                LOG.infof("job=%s joined in %d ms", jobId, Duration.ofNanos(System.nanoTime() - began).toMillis());
                call.joined(joined);
            } else {
                LOG.warnf("job=%s join failed: %s", jobId, failure.getMessage());
                call.failed(failure.getMessage());
            }
        });
    }

    private void ended(String jobId, Ending ending) {
        calls.remove(jobId);
        metrics.jobEnded(ending.failed());
        LOG.infof("job=%s over: %s", jobId, ending.why());
        reports.jobEnded(jobId, ending.failed() ? Optional.of(ending.why()) : Optional.empty());
    }

    @Override
    public void declined() {
        metrics.jobDeclined();
    }

    @Override
    public void terminated(String jobId) {
        Optional.ofNullable(calls.get(jobId)).ifPresent(call -> call.stop("LiveKit ended the job"));
    }

    void stopAll(String why) {
        calls.values().forEach(call -> call.stop(why));
    }
}
