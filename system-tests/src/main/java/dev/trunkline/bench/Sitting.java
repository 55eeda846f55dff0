package dev.trunkline.bench;

import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.bench.report.Ladder;
import dev.trunkline.bench.report.Report;
import dev.trunkline.bench.report.Start;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Measures the requested parts one after another, on a running suite. */
final class Sitting {
    /** The numbers of the demo data. */
    private static final String ON_AGENT = "+3225550100";
    private static final String IMMEDIATE = "+3225550101";

    private final BenchOptions options;
    private final Path root;
    private final Path state;
    private final RunningSuite suite;
    private final InstantSource clock;
    private final Notebook notebook;
    private final Map<String, Long> pids;
    private boolean pythonAgents;

    Sitting(BenchOptions options, Path root, Path state, RunningSuite suite, InstantSource clock, Notebook notebook) {
        this.options = options;
        this.root = root;
        this.state = state;
        this.suite = suite;
        this.clock = clock;
        this.notebook = notebook;
        this.pids = new TreeMap<>(suite.pids());
        pids.put(HeldCalls.OWN, ProcessHandle.current().pid());
    }

    /** Measures everything. @param cold the first minute of this suite, if it was measured */
    Report run(Optional<FirstMinute> cold) throws IOException, InterruptedException {
        Instant made = clock.instant();
        Map<String, String> surroundings = Versions.of(root, suite, made);
        surroundings.forEach((what, value) -> notebook.say("%-15s %s".formatted(what, value)));
        notebook.say("%-15s %s".formatted("load", Machine.load()));
        Set<Kind> kinds = options.kinds();
        Set<Kind> measured = kinds.isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(kinds);
        if (cold.isPresent() && measured.add(Kind.COLD)) {
            notebook.begin("cold", "the first seconds of this suite, measured when it was ready");
            ColdStart.figures(notebook, cold.get());
        }
        List<Start> starts = Starts.of(suite);
        Starts.note(notebook, starts);
        Optional<Ladder> ladder = follow(kinds);
        if (kinds.contains(Kind.SIP)) {
            new SipBench(options.sipLoads(), suite, notebook).run();
        }
        List<String> notMeasured = NotMeasured.of(measured, pythonAgents);
        notebook.say("\nnot measured:");
        notMeasured.forEach(line -> notebook.say("  " + line));
        return new Report(made, surroundings, Machine.processors(), starts, notebook.parts(), cold, ladder, notMeasured);
    }

    /** Measures the parts for which events are followed on Kafka. */
    private Optional<Ladder> follow(Set<Kind> kinds) throws IOException, InterruptedException {
        if (EnumSet.copyOf(kinds).stream().allMatch(kind -> kind == Kind.SIP || kind == Kind.COLD)) {
            return Optional.empty();
        }
        try (CallTimelines timelines = CallTimelines.follow(suite.kafkaAddress())) {
            if (kinds.contains(Kind.HELD)) {
                held(timelines);
            }
            if (kinds.contains(Kind.DECISIONS)) {
                Quiet.await(pids, notebook);
                new DecisionsAtRate(options, suite, timelines, notebook).run();
            }
            if (kinds.contains(Kind.REFUSED)) {
                Quiet.await(pids, notebook);
                new RefusedCalls(options, suite, pids, notebook).run();
            }
            return kinds.contains(Kind.SCALE) ? Optional.of(scale(timelines)) : Optional.empty();
        }
    }

    private void held(CallTimelines timelines) throws IOException, InterruptedException {
        try (Calls calls = Calls.to(suite)) {
            for (Agents agents : options.agents()) {
                if (agents == Agents.PYTHON) {
                    python(calls, timelines);
                } else if (agents == Agents.PHONE) {
                    phone(calls, timelines);
                } else {
                    HeldCalls held = new HeldCalls(agents, options.numberOf(agents), options, pids, calls, timelines, notebook);
                    held.warmUp();
                    Quiet.await(pids, notebook);
                    int count = options.callsOf(agents);
                    notebook.begin("setup", "INVITE to 200, %d calls one after another, none other up".formatted(count));
                    setup(calls, timelines, "setup.on-agent", "answered by the agent (" + ON_AGENT + ")", ON_AGENT, count);
                    setup(calls, timelines, "setup.at-once", "answered at once (" + IMMEDIATE + ")", IMMEDIATE, count);
                    held.run();
                }
            }
        }
    }

    /** Measures the Python worker. @throws IOException that says how to install one if it was requested by name and is missing */
    private void python(Calls calls, CallTimelines timelines) throws IOException, InterruptedException {
        Optional<Path> python = PythonWorker.installed(root, Optional.ofNullable(System.getenv("TRUNKLINE_PYTHON")));
        if (python.isEmpty()) {
            if (options.load().agents().isPresent()) {
                throw new IOException(PythonWorker.howToInstall(root));
            }
            notebook.say("\n" + PythonWorker.howToInstall(root));
            return;
        }
        int count = options.callsOf(Agents.PYTHON);
        notebook.say("\nstarting LiveKit's Python worker");
        try (PythonWorker worker = PythonWorker.start(python.get(), root, state, suite, count)) {
            pythonAgents = true;
            Map<String, Long> all = new TreeMap<>(pids);
            all.put(PythonWorker.NAME, worker.pid());
            String number = options.numberOf(Agents.PYTHON);
            HeldCalls held = new HeldCalls(Agents.PYTHON, number, options, all, calls, timelines, notebook);
            held.warmUp();
            int setups = options.load().calls().orElse(Agents.OPUS.calls());
            notebook.begin("setup.python", "INVITE to 200 by LiveKit's Python worker, %d calls one after another, none other up".formatted(setups));
            setup(calls, timelines, "setup.python", "answered by the worker (" + number + ")", number, setups);
            held.run();
        }
    }

    private void phone(Calls calls, CallTimelines timelines) throws IOException, InterruptedException {
        String number = options.numberOf(Agents.PHONE);
        int count = options.callsOf(Agents.PHONE);
        try (CalledPhone phone = CalledPhone.open()) {
            notebook.say("\nwaiting until the suite has found the phone that it is to call");
            phone.awaitFound(calls, number);
            HeldCalls held = new HeldCalls(Agents.PHONE, number, options, pids, calls, timelines, notebook);
            held.warmUp();
            notebook.begin("setup.phone", "INVITE to 200 by a phone that the suite calls, %d calls one after another, none other up".formatted(count));
            setup(calls, timelines, "setup.phone", "answered by the phone (" + number + ")", number, count);
            held.run();
        }
    }

    private void setup(Calls calls, CallTimelines timelines, String id, String what, String number, int count)
            throws IOException, InterruptedException {
        timelines.clear();
        notebook.times(Distribution.of(id, what, calls.setupOneByOne(number, count)));
        notebook.times(Distribution.of(id + ".decision", "  of that, decision", timelines.millisTo(CallAdmitted.class)));
        Steps.note(notebook, id, timelines);
    }

    private Ladder scale(CallTimelines timelines) throws IOException, InterruptedException {
        try (Calls calls = Calls.to(suite); Inside inside = Inside.of(suite, RunningSuite.secret(state, "redis-password"))) {
            return new ScaleBench(options, pids, inside, timelines, notebook).run(calls);
        }
    }
}
