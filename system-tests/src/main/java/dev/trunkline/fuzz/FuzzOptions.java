package dev.trunkline.fuzz;

import java.time.Duration;

/**
 * The options of the command line.
 *
 * @param time duration of the run, from a second to a day
 * @param seed of all random choices
 * @param from address of the trunk that sends the damaged messages
 * @param beside address of the trunk whose call must not be affected
 * @param number a number that is answered at once, with an echo
 * @param rate SIP messages a second, 1–5,000
 */
public record FuzzOptions(Duration time, long seed, String from, String beside, String number, int rate) {
    static final String USAGE =
            """
            ./trunkline fuzz [--minutes N] [--seed S] [--from ADDRESS] [--beside ADDRESS] [--number NUMBER] [--rate R]
              --minutes   how long to run, 1 by default
              --seed      the seed of all random choices; taken from the clock by default, and always printed
              --from      local address of the trunk that sends the damaged messages, 127.0.0.1 by default
              --beside    local address of the trunk that holds a call at the same time, 127.0.0.1 by default
              --number    the number to call, answered with an echo, +3225550101 by default
              --rate      SIP messages a second, 200 by default

            It requires only a suite that is running on this machine.

            Exit code:
              0   the call held beside it was never affected
              1   it was affected, or the run could not be made
              2   faulty command line

            For example:
              ./trunkline fuzz --minutes 10
              ./trunkline fuzz --seed 7""";

    private static final String LOOPBACK = "127.0.0.1";

    public static FuzzOptions of(Duration time, long seed) {
        return new FuzzOptions(time, seed, LOOPBACK, LOOPBACK, "+3225550101", 200);
    }

    /** Returns options that send from another trunk than that of the call beside the run. */
    public FuzzOptions from(String address) {
        return new FuzzOptions(time, seed, address, beside, number, rate);
    }

    public FuzzOptions calling(String called) {
        return new FuzzOptions(time, seed, from, beside, called, rate);
    }

    /** Parses a command line. @throws IllegalArgumentException that says what is wrong with it */
    static FuzzOptions parse(long seed, String... args) {
        FuzzOptions options = of(Duration.ofMinutes(1), seed);
        for (int i = 0; i < args.length; i += 2) {
            String option = args[i];
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(option + " wants a value");
            }
            options = options.with(option, args[i + 1]);
        }
        return options;
    }

    private FuzzOptions with(String option, String value) {
        return switch (option) {
            case "--minutes" -> new FuzzOptions(Duration.ofMinutes(number(option, value, 1, 1_440)), seed, from, beside, number, rate);
            case "--seed" -> new FuzzOptions(time, number(option, value, 0, Integer.MAX_VALUE), from, beside, number, rate);
            case "--from" -> from(value);
            case "--beside" -> new FuzzOptions(time, seed, from, value, number, rate);
            case "--number" -> calling(value);
            case "--rate" -> new FuzzOptions(time, seed, from, beside, number, (int) number(option, value, 1, 5_000));
            default -> throw new IllegalArgumentException("there is no option " + option);
        };
    }

    private static long number(String option, String text, long least, long most) {
        if (!text.matches("\\d{1,10}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw new IllegalArgumentException(option + " wants a number from " + least + " to " + most + ", not " + text);
        }
        return Long.parseLong(text);
    }
}
