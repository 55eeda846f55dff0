package dev.trunkline.demoagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.demoagent.greeting.Greeting;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.OpusCodec;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EchoJobsTest {
    private final AgentMetrics metrics = new AgentMetrics();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults().withLoops(1));
    private final OpusCodec opus = OpusCodec.detect();
    private final EchoJobs jobs = new EchoJobs(
            rtc, URI.create("ws://127.0.0.1:9"), 1, new Greeting(opus), opus, new Random(1), metrics, (where, fault) -> {
                told.add(where);
                metrics.contained(where);
            }, (jobId, error) -> ended.add(jobId + " " + error.isPresent()));

    @AfterEach
    void stop() {
        rtc.close();
    }

    @Test
    void aJobThatCannotBeginEndsAndLeavesItsPlaceToAnother() throws Exception {
        jobs.assigned(Job.newBuilder().setId("AJ_1").build(), Optional.of("no url at all"), "token");
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("AJ_1 true");
        assertThat(jobs.available()).isTrue();
        assertThat(told).containsExactly("job");
        assertThat(metrics.text()).contains("trunkline_contained_faults_total{where=\"job\"} 1");

        jobs.assigned(Job.newBuilder().setId("AJ_2").build(), Optional.of("ws://127.0.0.1:9"), "token");
        assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("AJ_2 true");
        assertThat(jobs.running()).isZero();
        assertThat(rtc.loops().getFirst().timers()).isZero();
    }
}
