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
            "Calls the suite that runs here from a small phone, and shows each event of the call as it happens, then setup time, "
                    + "echo delay and packets.",
            "It is marked as a trial call, which `calls` and statistics leave out, where its trunk says trial_calls: true."
        },
        footer = {"  ./trunkline call +3225550100", "  ./trunkline call +3225551234 --from +32470123456 --seconds 30 --no-trial"},
        exitCodeList = {
            "0:answered", "1:no answer, no suite, or something failed; with --expect-echo: answered, and no echo was heard",
            "2:faulty command line", "3:refused"
        })
public final class TestCallCommand extends Command {
    @Parameters(paramLabel = "NUMBER", description = "Required. What to dial, for example +3225550100.")
    private String number;

    @Option(names = "--from", paramLabel = "NUMBER", defaultValue = "+32470000001",
            description = "The caller, ${DEFAULT-VALUE} if not given.")
    private String from;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "8",
            description = "How long to talk, 1 to 9999, ${DEFAULT-VALUE} if not given.")
    private int seconds;

    @Option(names = "--no-trial", description = "A call that counts.")
    private boolean counts;

    @Option(names = "--expect-echo", description = "Exit code 1 unless the phone heard its echo, as the demo agent gives it.")
    private boolean expectEcho;

    @Option(names = "--json", description = "Each event as a line of JSON, then a line of what the phone measured.")
    private boolean json;

    @Override
    public int run(Surroundings here) throws Exception {
        if (seconds < 1 || seconds > 9_999) {
            throw new UsageException("--seconds wants a number from 1 to 9999");
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
