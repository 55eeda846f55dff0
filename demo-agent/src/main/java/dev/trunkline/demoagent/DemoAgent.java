package dev.trunkline.demoagent;

import dev.trunkline.demoagent.greeting.Greeting;
import dev.trunkline.demoagent.worker.Worker;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.OpusCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** An agent that greets callers and then echoes what it hears. */
public final class DemoAgent implements AutoCloseable {
    /** A media loop that does not respond within this time has stopped or is stuck. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);
    private static final Logger LOG = Logger.getLogger(DemoAgent.class);

    private final AgentSettings settings;
    private final AgentMetrics metrics = new AgentMetrics();
    private final HttpClient http = HttpClient.newHttpClient();
    private final LiveKitRtc rtc;
    private final EchoJobs jobs;
    private final Worker worker;
    private final Optional<AgentHttp> health;

    DemoAgent(AgentSettings settings) throws IOException {
        this.settings = settings;
        RtcSettings base = RtcSettings.defaults().withLoops(settings.loops()).withFaults(this::contained);
        this.rtc = LiveKitRtc.create(settings.bind().map(base::withBindAddress).orElse(base));
        rtc.warmUp();
        var random = new SecureRandom();
        OpusCodec opus = OpusCodec.detect();
        // The jobs report to the worker, which assigns jobs to them.
        var reports = new AtomicReference<EchoJobs.Reports>((jobId, error) -> {});
        this.jobs = new EchoJobs(
                rtc, settings.worker().livekit(), settings.mostJobs(), new Greeting(opus), opus, random, metrics, this::contained,
                (jobId, error) -> reports.get().jobEnded(jobId, error));
        this.worker = new Worker(
                http, settings.worker(), jobs, Clock.systemUTC(), random, metrics::registered, this::contained);
        reports.set(worker::jobEnded);
        this.health = settings.httpPort().isPresent() ? Optional.of(health(settings)) : Optional.empty();
        worker.start();
    }

    private AgentHttp health(AgentSettings settings) throws IOException {
        InetAddress address = settings.bind().orElse(InetAddress.ofLiteral("0.0.0.0"));
        return new AgentHttp(address, settings.httpPort().orElseThrow(), this::alive, this::ready, metrics);
    }

    boolean ready() {
        return worker.registered() && alive();
    }

    /** Whether every media loop responds: one that has stopped or is stuck does not recover. */
    private boolean alive() {
        return rtc.silentLoops(SIGN_OF_LIFE).isEmpty();
    }

    private void contained(String where, Throwable fault) {
        metrics.contained(where);
        LOG.errorf(fault, "where=%s a fault was contained; the work that caused it was abandoned, everything else continues", where);
    }

    int running() {
        return jobs.running();
    }

    /** Accepts no further jobs, gives the running ones some time, then leaves every room. */
    void drain() throws InterruptedException {
        worker.drain();
        long until = System.nanoTime() + settings.drain().toNanos();
        while (jobs.running() > 0 && System.nanoTime() < until) {
            Thread.sleep(Duration.ofMillis(50));
        }
        jobs.stopAll("the agent is stopping");
        until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (jobs.running() > 0 && System.nanoTime() < until) {
            Thread.sleep(Duration.ofMillis(10));
        }
    }

    @Override
    public void close() {
        worker.close();
        rtc.close();
        health.ifPresent(AgentHttp::close);
        http.shutdownNow();
    }

    /** Runs until the process is told to stop. */
    public static void main(String[] args) throws Exception {
        LogLines.install();
        DemoAgent agent;
        try {
            agent = new DemoAgent(AgentSettings.from(System.getenv()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent), "drain"));
        new CountDownLatch(1).await();
    }

    private static void stop(DemoAgent agent) {
        // Java's loggers are shut down concurrently with this hook, so it prints its message itself.
        System.err.println("draining: " + agent.running() + " calls, no new ones");
        try (agent) {
            agent.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println("stopped");
    }
}
