package dev.trunkline.bench;

import java.util.List;

/**
 * What the command line asks for.
 *
 * @param calls calls that are held at the same time, 1–2,000
 * @param seconds how long they are held, 5–3,600
 * @param number the number of the held calls: that of the demo agent which speaks the codec asked for, unless one was named
 * @param rate calls a second to a number that is busy, for decision times under load, 1–5,000; 0 leaves that out
 * @param refused only calls to an unknown number, as fast as they are answered
 * @param cold only what a suite bears that was started just now
 * @param sip only these loads of SIPp; empty for none
 */
record BenchOptions(int calls, int seconds, String number, int rate, boolean refused, boolean cold, List<SipLoad> sip) {
    static final String USAGE =
            """
            ./trunkline bench [--calls N] [--seconds T] [--agents CODEC | --number NUMBER] [--rate R] [--refused]
              --calls     calls held at the same time, 30 if not given
              --seconds   how long they are held, 30 if not given
              --agents    what the demo agent sends in them: g711 if not given, or opus as agents on LiveKit's SDKs do
              --number    the number they call; +3225550101 if not given, with --agents opus +3225550106
              --rate      also R calls a second to a busy number, for decision times under load
              --refused   only calls to an unknown number, as fast as they are answered
            ./trunkline bench --cold [--seconds T]
              --cold      what the suite bears from the second in which it is ready: 200 INVITEs a second to an unknown
                          number, each second by itself, then the first call. Waits for a suite that is being started
            ./trunkline bench --sip [--load KIND]
              --sip       what the edge takes from SIPp, cold and warm, in rounds of 20 s
              --load      one kind alone: refused, options or calls

            Nothing is required but a suite that runs here. It judges nothing.

            Exit code:
              0   measured
              1   could not measure, or no suite runs here
              2   faulty command line

            For example:
              ./trunkline bench --calls 100 --seconds 60 --rate 50
              ./trunkline bench --agents opus
              ./trunkline bench --cold            (in another shell, just before ./trunkline run)
              ./trunkline bench --sip --load refused""";

    /** Numbers of the demo data, answered at once. */
    private static final String G711_AGENT = "+3225550101";
    private static final String OPUS_AGENT = "+3225550106";

    static BenchOptions defaults() {
        return new BenchOptions(30, 30, G711_AGENT, 0, false, false, List.of());
    }

    /** @throws IllegalArgumentException that says what is wrong with the command line */
    static BenchOptions parse(String... args) {
        BenchOptions options = defaults();
        for (int i = 0; i < args.length; i++) {
            String option = args[i];
            options = switch (option) {
                case "--calls" -> options.withCalls(integer(args, ++i, option, 1, 2_000));
                case "--seconds" -> options.withSeconds(integer(args, ++i, option, 5, 3_600));
                case "--agents" -> options.withNumber(agents(value(args, ++i, option)));
                case "--number" -> options.withNumber(number(args, ++i));
                case "--rate" -> options.withRate(integer(args, ++i, option, 1, 5_000));
                case "--refused" -> options.onlyRefused();
                case "--cold" -> options.onlyCold();
                case "--sip" -> options.sip.isEmpty() ? options.withSip(List.of(SipLoad.values())) : options;
                case "--load" -> options.withSip(List.of(SipLoad.of(value(args, ++i, option))));
                default -> throw new IllegalArgumentException("there is no option " + option);
            };
        }
        return options;
    }

    private BenchOptions withCalls(int n) {
        return new BenchOptions(n, seconds, number, rate, refused, cold, sip);
    }

    private BenchOptions withSeconds(int n) {
        return new BenchOptions(calls, n, number, rate, refused, cold, sip);
    }

    private BenchOptions withNumber(String text) {
        return new BenchOptions(calls, seconds, text, rate, refused, cold, sip);
    }

    private BenchOptions withRate(int n) {
        return new BenchOptions(calls, seconds, number, n, refused, cold, sip);
    }

    private BenchOptions onlyRefused() {
        return new BenchOptions(calls, seconds, number, rate, true, cold, sip);
    }

    private BenchOptions onlyCold() {
        return new BenchOptions(calls, seconds, number, rate, refused, true, sip);
    }

    private BenchOptions withSip(List<SipLoad> loads) {
        return new BenchOptions(calls, seconds, number, rate, refused, cold, loads);
    }

    private static int integer(String[] args, int index, String option, int least, int most) {
        String text = value(args, index, option);
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

    private static String agents(String codec) {
        return switch (codec) {
            case "g711" -> G711_AGENT;
            case "opus" -> OPUS_AGENT;
            default -> throw new IllegalArgumentException("--agents wants g711 or opus, not " + codec);
        };
    }

    private static String value(String[] args, int index, String option) {
        if (index >= args.length) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return args[index];
    }
}
