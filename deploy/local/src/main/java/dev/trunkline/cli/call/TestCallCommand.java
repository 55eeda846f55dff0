package dev.trunkline.cli.call;

import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.local.RunningSuite;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./trunkline call NUMBER}: places a call from a small phone. */
@CommandLine.Command(
        name = "call",
        description = {
            "Calls the suite on this machine from a small phone, and shows each event of the call as it happens, then setup time, "
                    + "echo delay and packets.",
            "If its trunk has trial_calls: true, the call is marked as a trial call, which `calls` and statistics leave out."
        },
        footer = {"  ./trunkline call +3225550100", "  ./trunkline call +3225551234 --from +32470123456 --seconds 30 --no-trial"},
        exitCodeList = {
            "0:answered", "1:no answer, no suite is running, or something failed; with --expect-echo: answered, but no echo was heard",
            "2:faulty command line", "3:refused"
        })
public final class TestCallCommand extends Command {
    @Parameters(paramLabel = "NUMBER", description = "Required. The number to dial, for example +3225550100.")
    private String number;

    @Option(names = "--from", paramLabel = "NUMBER", defaultValue = "+32470000001",
            description = "The caller's number; ${DEFAULT-VALUE} by default.")
    private String from;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "8",
            description = "How long to talk, 1 to 9999; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(names = "--no-trial", description = "Places a call that counts, not a trial call.")
    private boolean counts;

    @Option(names = "--expect-echo", description = "Makes the exit code 1 unless the phone heard its echo, which the demo agent sends.")
    private boolean expectEcho;

    @Option(names = "--json", description = "Prints each event as a line of JSON, then a line with what the phone measured.")
    private boolean json;

    @Override
    public int run(Surroundings here) throws Exception {
        if (seconds < 1 || seconds > 9_999) {
            throw new UsageException("--seconds must be a number from 1 to 9999");
        }
        var options = new CallOptions(dialled(number), dialled(from), seconds, !counts, expectEcho);
        CallPrinter printer = CallPrinter.of(json, here.out());
        return new TestCall(options, RunningSuite.load(here.state()), printer).run();
    }

    static String dialled(String text) {
        if (!text.matches("\\+?[0-9*#]{1,20}")) {
            throw new UsageException("\"" + text + "\" is not a number that can be dialled");
        }
        return text;
    }
}
