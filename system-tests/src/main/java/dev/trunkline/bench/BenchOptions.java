package dev.trunkline.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The options of the command line.
 *
 * @param named the kinds of measurement that were named; {@link #kinds} returns those that are made
 * @param load the calls that are placed
 * @param sip only these loads of SIPp
 * @param scale how many calls are held on each step of the ladder, in ascending order
 * @param files that are written and read
 */
record BenchOptions(Set<Kind> named, Load load, List<SipLoad> sip, List<Integer> scale, Files files) {
    static final String USAGE =
            """
            ./trunkline bench [--calls N] [--seconds T] [--agents KIND | --number NUMBER] [--rate R] [--refused]
              --calls     concurrent calls to hold, 30 by default, 5 with --agents python, 10 with --agents phone
              --seconds   how long to hold them, 30 by default
              --agents    who answers them: g711 (the default), the demo agent; opus, the demo agent sending Opus as agents on
                          LiveKit's SDKs do; python, LiveKit's own Python worker, which is started for it; or phone, an echoing
                          phone that the suite calls for each caller, which shows what a second leg costs
              --number    the number to call, instead of that of the agents
              --rate      also place R calls a second to a busy number, for decision times under load
              --refused   only place calls to an unknown number, as fast as they are answered
            ./trunkline bench --scale [--steps N,N,...] [--seconds T]
              --scale     hold more and more of the same calls: what stays the same, and what grows
              --steps     how many, 10,30,100,200 by default; a step that the machine cannot hold is the last
            ./trunkline bench --cold [--seconds T]
              --cold      what the suite can take from the second in which it is ready: 200 INVITEs a second to an unknown
                          number, shown second by second, then the first call. Waits for a suite that is being started
            ./trunkline bench --sip [--load KIND]
              --sip       what the edge can take from SIPp, cold and warm, in rounds of 20 s
              --load      only one kind: refused, options or calls
            ./trunkline bench [--all] [--report FILE] [--json FILE] [--compare FILE] [--from FILE]
              --report    write the figures as a page. If nothing above is named, measure the usual parts in one sitting:
                          calls to Opus agents, to a Python worker if one is installed, to a phone that is called, decisions
                          at 50/s, refused INVITEs and --scale; plus --cold if it was measured since the suite started
              --json      write the figures to a file, for --compare and --from
              --compare   show the figures of an older --json file next to these
              --from      measure nothing: print and write the figures of an older --json file
              --all       measure the usual parts in addition to what is named: --cold --all

            It requires only a suite that is running on this machine. It passes no judgement on the figures.

            Exit code:
              0   measured
              1   could not measure, or no suite is running here
              2   faulty command line

            For example:
              ./trunkline bench --calls 100 --seconds 60 --rate 50
              ./trunkline bench --agents python
              ./trunkline bench --cold            (in another shell, just before ./trunkline run)
              ./trunkline bench --sip --load refused
              ./trunkline bench --cold --all --report after.html --json after.json --compare before.json""";

    private static final List<Integer> STEPS = List.of(10, 30, 100, 200);
    private static final int USUAL_RATE = 50;
    private static final int MOST_CALLS = 2_000;
    private static final int MOST_STEPS = 20;

    /**
     * @param calls that are held at the same time, 1–2,000
     * @param seconds how long they are held, 5–3,600
     * @param agents who answers them
     * @param number to call instead of the agents' own
     * @param rate calls a second to a busy number, 1–5,000
     */
    record Load(OptionalInt calls, int seconds, Optional<Agents> agents, Optional<String> number, OptionalInt rate) {
        private Load withCalls(int n) {
            return new Load(OptionalInt.of(n), seconds, agents, number, rate);
        }

        private Load withSeconds(int n) {
            return new Load(calls, n, agents, number, rate);
        }

        private Load withAgents(Agents some) {
            return new Load(calls, seconds, Optional.of(some), number, rate);
        }

        private Load withNumber(String text) {
            return new Load(calls, seconds, agents, Optional.of(text), rate);
        }

        private Load withRate(int n) {
            return new Load(calls, seconds, agents, number, OptionalInt.of(n));
        }
    }

    /**
     * @param all whether the usual parts are measured in addition to the named ones
     * @param report the page to write
     * @param json the file to write the figures to
     * @param compare older figures to compare with
     * @param from older figures to use instead of measuring
     */
    record Files(boolean all, Optional<Path> report, Optional<Path> json, Optional<Path> compare, Optional<Path> from) {
        private Files withAll() {
            return new Files(true, report, json, compare, from);
        }

        private Files withReport(Path file) {
            return new Files(all, Optional.of(file), json, compare, from);
        }

        private Files withJson(Path file) {
            return new Files(all, report, Optional.of(file), compare, from);
        }

        private Files withCompare(Path file) {
            return new Files(all, report, json, Optional.of(file), from);
        }

        private Files withFrom(Path file) {
            return new Files(all, report, json, compare, Optional.of(file));
        }
    }

    static BenchOptions defaults() {
        return new BenchOptions(
                EnumSet.noneOf(Kind.class),
                new Load(OptionalInt.empty(), 30, Optional.empty(), Optional.empty(), OptionalInt.empty()),
                List.of(), STEPS,
                new Files(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /**
     * @param folder against which file names are resolved
     * @throws IllegalArgumentException that says what is wrong with the command line
     */
    static BenchOptions parse(Path folder, String... args) {
        BenchOptions options = defaults();
        for (int i = 0; i < args.length; i++) {
            String option = args[i];
            options = switch (option) {
                case "--calls" -> options.with(options.load.withCalls(integer(args, ++i, option, 1, MOST_CALLS)));
                case "--seconds" -> options.with(options.load.withSeconds(integer(args, ++i, option, 5, 3_600)));
                case "--agents" -> options.with(options.load.withAgents(Agents.of(value(args, ++i, option))));
                case "--number" -> options.with(options.load.withNumber(number(args, ++i)));
                case "--rate" -> options.with(options.load.withRate(integer(args, ++i, option, 1, 5_000)));
                case "--refused" -> options.naming(Kind.REFUSED);
                case "--cold" -> options.naming(Kind.COLD);
                case "--scale" -> options.naming(Kind.SCALE);
                case "--steps" -> options.naming(Kind.SCALE).withScale(steps(value(args, ++i, option)));
                case "--sip" -> options.naming(Kind.SIP);
                case "--load" -> options.naming(Kind.SIP).withSip(List.of(SipLoad.of(value(args, ++i, option))));
                case "--all" -> options.with(options.files.withAll());
                case "--report" -> options.with(options.files.withReport(folder.resolve(value(args, ++i, option))));
                case "--json" -> options.with(options.files.withJson(folder.resolve(value(args, ++i, option))));
                case "--compare" -> options.with(options.files.withCompare(folder.resolve(value(args, ++i, option))));
                case "--from" -> options.with(options.files.withFrom(folder.resolve(value(args, ++i, option))));
                default -> throw new IllegalArgumentException("there is no option " + option);
            };
        }
        return options;
    }

    /** Returns what is measured. */
    Set<Kind> kinds() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        kinds.addAll(named);
        if (usual()) {
            kinds.addAll(Kind.usual());
        } else if (kinds.isEmpty()) {
            kinds.add(Kind.HELD);
        }
        if (load.rate().isPresent()) {
            kinds.add(Kind.DECISIONS);
        }
        return kinds;
    }

    /** Returns whether the usual parts are measured: they were requested, or only files were requested. */
    boolean usual() {
        boolean placed = load.agents().isPresent() || load.number().isPresent() || load.rate().isPresent();
        return files.all() || (files.report().isPresent() || files.json().isPresent()) && named.isEmpty() && !placed;
    }

    /** Returns what answers the held calls, one part after the other. */
    List<Agents> agents() {
        return load.agents().map(List::of).orElse(usual() ? List.of(Agents.OPUS, Agents.PYTHON, Agents.PHONE) : List.of(Agents.G711));
    }

    int callsOf(Agents agents) {
        return load.calls().orElse(agents.calls());
    }

    int seconds() {
        return load.seconds();
    }

    String numberOf(Agents agents) {
        return load.number().orElse(agents.number());
    }

    /** Returns the number of an agent that sends Opus, as all agents do, unless another was requested. */
    String scaleNumber() {
        return load.number().orElse(load.agents().filter(agents -> agents == Agents.G711).orElse(Agents.OPUS).number());
    }

    int rate() {
        return load.rate().orElse(USUAL_RATE);
    }

    /** Returns what SIPp sends: every load, unless one was named. */
    List<SipLoad> sipLoads() {
        return sip.isEmpty() ? List.of(SipLoad.values()) : sip;
    }

    private BenchOptions with(Load other) {
        return new BenchOptions(named, other, sip, scale, files);
    }

    private BenchOptions with(Files other) {
        return new BenchOptions(named, load, sip, scale, other);
    }

    private BenchOptions withSip(List<SipLoad> loads) {
        return new BenchOptions(named, load, loads, scale, files);
    }

    private BenchOptions withScale(List<Integer> steps) {
        return new BenchOptions(named, load, sip, steps, files);
    }

    private BenchOptions naming(Kind kind) {
        Set<Kind> kinds = EnumSet.of(kind);
        kinds.addAll(named);
        return new BenchOptions(kinds, load, sip, scale, files);
    }

    private static List<Integer> steps(String text) {
        List<Integer> steps = new ArrayList<>();
        for (String step : text.split(",", -1)) {
            int calls = integer(step, "--steps", 1, MOST_CALLS);
            if (!steps.isEmpty() && calls <= steps.getLast()) {
                throw new IllegalArgumentException("--steps wants numbers that rise, not " + text);
            }
            steps.add(calls);
        }
        if (steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("--steps wants " + MOST_STEPS + " numbers at most");
        }
        return List.copyOf(steps);
    }

    private static int integer(String[] args, int index, String option, int least, int most) {
        return integer(value(args, index, option), option, least, most);
    }

    private static int integer(String text, String option, int least, int most) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(option + " wants a number from " + least + " to " + most + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static String number(String[] args, int index) {
        String text = value(args, index, "--number");
        if (!text.matches("\\+?[0-9]{2,20}")) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number that can be dialled");
        }
        return text;
    }

    private static String value(String[] args, int index, String option) {
        if (index >= args.length) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return args[index];
    }
}
