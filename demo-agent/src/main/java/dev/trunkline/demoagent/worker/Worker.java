package dev.trunkline.demoagent.worker;

import dev.trunkline.rtc.loop.FaultListener;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import livekit.LivekitAgent.AvailabilityRequest;
import livekit.LivekitAgent.AvailabilityResponse;
import livekit.LivekitAgent.JobAssignment;
import livekit.LivekitAgent.JobStatus;
import livekit.LivekitAgent.JobType;
import livekit.LivekitAgent.RegisterWorkerRequest;
import livekit.LivekitAgent.ServerMessage;
import livekit.LivekitAgent.UpdateJobStatus;
import livekit.LivekitAgent.UpdateWorkerStatus;
import livekit.LivekitAgent.WorkerMessage;
import livekit.LivekitAgent.WorkerPing;
import livekit.LivekitAgent.WorkerStatus;
import org.jboss.logging.Logger;

/**
 * Keeps itself registered with LiveKit as a worker for room jobs.
 *
 * <pre>
 *   CONNECTING --register--&gt; REGISTERED --(availability, assignment, termination)*--+
 *       ^                        |                                                 |
 *       +---- after a pause -----+-------- connection lost, or no pong in time ----+
 * </pre>
 *
 * Running jobs continue while the connection is down, because they depend only on their rooms.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final Duration REGISTER_PATIENCE = Duration.ofSeconds(5);
    /** Interval between load reports and pings. */
    private static final Duration BEAT = Duration.ofSeconds(5);
    /** Three intervals without an answer: the other side is gone, whatever TCP says. */
    private static final Duration SILENCE = BEAT.multipliedBy(3);

    private final HttpClient http;
    private final WorkerSettings settings;
    private final Jobs jobs;
    private final Clock clock;
    private final Runnable onRegistered;
    private final FaultListener faults;
    private final BackOff backOff;
    private final Thread keeper;
    private volatile Optional<WorkerSocket> current = Optional.empty();
    private volatile boolean registered;
    private volatile boolean draining;
    private volatile long heardNanos;

    /**
     * @param onRegistered called each time LiveKit accepts the registration
     * @param faults told what a message or a session threw; the worker continues
     */
    public Worker(
            HttpClient http,
            WorkerSettings settings,
            Jobs jobs,
            Clock clock,
            RandomGenerator random,
            Runnable onRegistered,
            FaultListener faults) {
        this.http = http;
        this.settings = settings;
        this.jobs = jobs;
        this.clock = clock;
        this.onRegistered = onRegistered;
        this.faults = faults;
        this.backOff = new BackOff(random);
        this.keeper = Thread.ofVirtual().name("worker").unstarted(this::keep);
    }

    public Worker start() {
        keeper.start();
        return this;
    }

    /** Whether the worker is currently registered with LiveKit. */
    public boolean registered() {
        return registered;
    }

    /** Accepts no further jobs, and tells LiveKit. */
    public void drain() {
        draining = true;
        current.ifPresent(this::tellLoad);
    }

    /** Tells LiveKit how a job ended. @param error empty if it did not fail */
    public void jobEnded(String jobId, Optional<String> error) {
        current.ifPresent(socket -> socket.send(WorkerMessage.newBuilder()
                .setUpdateJob(UpdateJobStatus.newBuilder()
                        .setJobId(jobId)
                        .setStatus(error.isPresent() ? JobStatus.JS_FAILED : JobStatus.JS_SUCCESS)
                        .setError(error.orElse("")))
                .build()));
    }

    private void keep() {
        try {
            while (true) {
                String why = containedSession();
                registered = false;
                current = Optional.empty();
                Duration pause = backOff.next();
                LOG.warnf("not registered with LiveKit (%s), retrying in %d ms", why, pause.toMillis());
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("the worker stops");
        }
    }

    private String containedSession() throws InterruptedException {
        try {
            return session();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable fault) {
            faults.tell("worker-session", fault);
            return fault.toString();
        }
    }

    /** @return why the session ended */
    private String session() throws InterruptedException {
        var accepted = new CompletableFuture<String>();
        var socket = new WorkerSocket(http, settings, message -> received(message, accepted), faults);
        try (socket) {
            current = Optional.of(socket);
            socket.send(WorkerMessage.newBuilder()
                    .setRegister(RegisterWorkerRequest.newBuilder()
                            .setType(JobType.JT_ROOM)
                            .setAgentName(settings.agentName())
                            .setVersion("0.1.0")
                            .setPingInterval((int) BEAT.toSeconds()))
                    .build());
            socket.closed().thenAccept(why -> accepted.completeExceptionally(new IllegalStateException(why)));
            String workerId = accepted.get(REGISTER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            LOG.infof("registered with LiveKit as %s (%s)", settings.agentName(), workerId);
            registered = true;
            backOff.succeeded();
            onRegistered.run();
            return beat(socket);
        } catch (ExecutionException e) {
            return e.getCause().getMessage();
        } catch (TimeoutException e) {
            return "LiveKit did not answer the registration";
        }
    }

    private String beat(WorkerSocket socket) throws InterruptedException {
        heardNanos = System.nanoTime();
        while (true) {
            tellLoad(socket);
            socket.send(WorkerMessage.newBuilder()
                    .setPing(WorkerPing.newBuilder().setTimestamp(clock.millis()))
                    .build());
            try {
                return socket.closed().toCompletableFuture().get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - heardNanos > SILENCE.toNanos()) {
                    return "LiveKit is silent";
                }
            } catch (ExecutionException e) {
                return e.getCause().getMessage();
            }
        }
    }

    private void tellLoad(WorkerSocket socket) {
        boolean available = !draining && jobs.available();
        socket.send(WorkerMessage.newBuilder()
                .setUpdateWorker(UpdateWorkerStatus.newBuilder()
                        .setStatus(available ? WorkerStatus.WS_AVAILABLE : WorkerStatus.WS_FULL)
                        .setLoad(draining ? 1 : jobs.load())
                        .setJobCount(jobs.running()))
                .build());
    }

    private void received(ServerMessage message, CompletableFuture<String> accepted) {
        heardNanos = System.nanoTime();
        switch (message.getMessageCase()) {
            case REGISTER -> accepted.complete(message.getRegister().getWorkerId());
            case AVAILABILITY -> offered(message.getAvailability());
            case ASSIGNMENT -> assigned(message.getAssignment());
            case TERMINATION -> jobs.terminated(message.getTermination().getJobId());
            case PONG -> LOG.debug("pong");
            case MESSAGE_NOT_SET -> LOG.debug("LiveKit sent a message that this version does not know");
        }
    }

    private void offered(AvailabilityRequest offer) {
        String jobId = offer.getJob().getId();
        boolean take = !draining && jobs.available();
        if (!take) {
            jobs.declined();
        }
        current.ifPresent(socket -> socket.send(WorkerMessage.newBuilder()
                .setAvailability(AvailabilityResponse.newBuilder()
                        .setJobId(jobId)
                        .setAvailable(take)
                        .setParticipantIdentity("agent-" + jobId)
                        .setParticipantName(settings.agentName()))
                .build()));
    }

    private void assigned(JobAssignment assignment) {
        Optional<String> url = Optional.of(assignment.getUrl()).filter(text -> !text.isEmpty());
        jobs.assigned(assignment.getJob(), url, assignment.getToken());
    }

    @Override
    public void close() {
        keeper.interrupt();
        current.ifPresent(WorkerSocket::close);
    }
}
