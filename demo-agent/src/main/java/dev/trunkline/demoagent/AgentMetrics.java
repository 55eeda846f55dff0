package dev.trunkline.demoagent;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Every metric of the demo agent, in Prometheus's text format. */
public final class AgentMetrics {
    private final LongAdder jobs = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder declined = new LongAdder();
    private final LongAdder echoed = new LongAdder();
    private final LongAdder keys = new LongAdder();
    private final LongAdder registrations = new LongAdder();
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, LongAdder> faults = new ConcurrentSkipListMap<>();

    public void jobBegan() {
        jobs.increment();
        running.incrementAndGet();
    }

    public void jobEnded(boolean failed) {
        running.decrementAndGet();
        if (failed) {
            failures.increment();
        }
    }

    public void jobDeclined() {
        declined.increment();
    }

    public void echoed() {
        echoed.increment();
    }

    public void keyPressed() {
        keys.increment();
    }

    /** One packet, message or job threw, and only that ended. @param where one of a few fixed terms */
    public void contained(String where) {
        faults.computeIfAbsent(where, unseen -> new LongAdder()).increment();
    }

    public void registered() {
        registrations.increment();
    }

    public int running() {
        return running.get();
    }

    /** Text exposition format, version 0.0.4. */
    public String text() {
        StringBuilder text = new StringBuilder();
        counter(text, "jobs_total", "Jobs accepted", jobs.sum());
        counter(text, "jobs_failed_total", "Jobs that failed", failures.sum());
        counter(text, "jobs_declined_total", "Jobs declined because the agent was full or draining", declined.sum());
        counter(text, "packets_echoed_total", "Audio packets echoed", echoed.sum());
        counter(text, "keys_total", "DTMF keys echoed", keys.sum());
        counter(text, "registrations_total", "Registrations with LiveKit", registrations.sum());
        line(text, "jobs_running", "Running jobs", "gauge", running.get());
        faults(text);
        return text.toString();
    }

    /** Uses the name under which every service of the suite counts them. */
    private void faults(StringBuilder text) {
        String name = "trunkline_contained_faults_total";
        text.append("# HELP ").append(name).append(" Faults that ended one unit of work and nothing else\n");
        text.append("# TYPE ").append(name).append(" counter\n");
        faults.forEach((where, count) -> text.append(name)
                .append("{where=\"").append(where).append("\"} ").append(count.sum()).append('\n'));
    }

    private static void counter(StringBuilder text, String name, String help, long value) {
        line(text, name, help, "counter", value);
    }

    private static void line(StringBuilder text, String name, String help, String type, long value) {
        String full = "trunkline_demo_agent_" + name;
        text.append("# HELP ").append(full).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(full).append(' ').append(type).append('\n');
        text.append(full).append(' ').append(value).append('\n');
    }
}
