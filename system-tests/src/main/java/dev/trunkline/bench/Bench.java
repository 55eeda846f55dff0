package dev.trunkline.bench;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code ./trunkline bench}: measures the suite that runs here and prints what it found beside the targets of the
 * design. It judges nothing: exit code 0 if it could measure, 1 if not, 2 for a faulty command line.
 */
public final class Bench {
    /** The numbers of the demo data. */
    private static final String ON_AGENT = "+3225550100";
    private static final String IMMEDIATE = "+3225550101";

    private final BenchOptions options;
    private final RunningSuite suite;
    private final Map<String, Long> pids;
    private final PrintStream out;

    private Bench(BenchOptions options, RunningSuite suite, PrintStream out) {
        this.options = options;
        this.suite = suite;
        this.out = out;
        this.pids = new TreeMap<>(suite.pids());
        pids.put(HeldCalls.OWN, ProcessHandle.current().pid());
    }

    public static void main(String[] args) {
        int code;
        if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
            System.out.println(BenchOptions.USAGE);
            return;
        }
        try {
            Path root = Path.of(System.getProperty("trunkline.root", "")).toAbsolutePath();
            Path state = Optional.ofNullable(System.getenv("TRUNKLINE_STATE")).map(Path::of).orElse(root.resolve(".trunkline"));
            BenchOptions options = BenchOptions.parse(args);
            if (options.cold()) {
                RunningSuite suite = ColdStart.await(state, System.out);
                new ColdStart(options, suite, RunningSuite.saidAt(state), System.out).run();
            } else {
                new Bench(options, RunningSuite.load(state), System.out).run();
            }
            code = 0;
        } catch (IllegalArgumentException e) {
            System.err.println("trunkline bench: " + e.getMessage() + "\n\n" + BenchOptions.USAGE);
            code = 2;
        } catch (IOException | IllegalStateException e) {
            System.err.println("trunkline bench: " + e.getMessage());
            code = 1;
        } catch (InterruptedException e) {
            code = 1;
        }
        System.exit(code);
    }

    private void run() throws IOException, InterruptedException {
        out.println(Machine.describe(ZonedDateTime.now()));
        if (!options.sip().isEmpty()) {
            new SipBench(options.sip(), suite, out).run();
            return;
        }
        try (CallTimelines timelines = CallTimelines.follow(suite.kafkaAddress())) {
            if (options.refused()) {
                new RefusedCalls(options, suite, pids, out).run();
            } else {
                held(timelines);
            }
            if (options.rate() > 0) {
                new DecisionsAtRate(options, suite, timelines, out).run();
            }
        }
        out.println();
        out.println(NotMeasured.TEXT);
    }

    private void held(CallTimelines timelines) throws IOException, InterruptedException {
        try (Calls calls = Calls.to(suite)) {
            HeldCalls held = new HeldCalls(options, pids, calls, timelines, out);
            held.warmUp();
            out.printf("%nINVITE to 200, %d calls one after another, none other up%n", options.calls());
            setup(calls, timelines, "answered by the agent (" + ON_AGENT + ")", ON_AGENT, "target p50 250 (LiveKit's explicit dispatch)");
            setup(calls, timelines, "answered at once (" + IMMEDIATE + ")", IMMEDIATE, "no target");
            held.run();
        }
    }

    private void setup(Calls calls, CallTimelines timelines, String what, String number, String target)
            throws IOException, InterruptedException {
        timelines.clear();
        Quantiles setup = calls.setupOneByOne(number, options.calls());
        Lines.row(out, what, setup.millis(), target);
        Lines.row(out, "  of that, decision", timelines.millisTo(CallAdmitted.class).millis(), "");
        Steps.print(out, timelines);
    }
}
