package dev.trunkline.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the script {@code trunkline} does by itself or in another module. Its options stand here for the completion. */
public final class ScriptCommands {
    static final List<String> NAMES = List.of("run", "test", "bench", "fuzz", "faults", "help");

    private ScriptCommands() {}

    /** The options of a command, but for {@code --help}; none for those whose options are Maven's or that take none. */
    public static List<String> options(String command) {
        return command.equals("bench")
                ? List.of("--calls", "--seconds", "--agents", "--number", "--rate", "--refused", "--scale", "--steps", "--cold", "--sip",
                        "--load", "--all", "--report", "--json", "--compare", "--from")
                : List.of();
    }

    static CommandSpec spec(String command) {
        CommandSpec spec = CommandSpec.create().name(command);
        options(command).forEach(option -> spec.addOption(OptionSpec.builder(option).build()));
        return spec;
    }
}
