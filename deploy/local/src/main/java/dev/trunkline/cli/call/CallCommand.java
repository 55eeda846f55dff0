package dev.trunkline.cli.call;

import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.local.RunningSuite;
import java.util.List;

/**
 * {@code ./trunkline call NUMBER}. Exit code 0 if the call was answered and the phone heard its echo.
 */
public final class CallCommand implements Command {
    private static final String USAGE =
            """
            ./trunkline call NUMBER [--from NUMBER] [--seconds N]
              Calls the suite that runs here, and shows each event of the call as it happens.
              NUMBER      what to dial, for example +3225550100
              --from      the caller, +32470000001 if not given
              --seconds   how long to talk, 8 if not given""";

    @Override
    public String name() {
        return "call";
    }

    @Override
    public String help() {
        return USAGE;
    }

    @Override
    public int run(List<String> words, Surroundings here) throws Exception {
        CallOptions options;
        try {
            options = CallOptions.parse(words.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return new TestCall(options, RunningSuite.load(here.state()), here.out()).run();
    }
}
