package dev.trunkline.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands that the script {@code trunkline} runs itself or in another module. Their options are here for the completion. */
public final class ScriptCommands {
    static final List<String> NAMES = List.of("run", "test", "bench", "fuzz", "faults", "soak", "help");

    private ScriptCommands() {}

    /** Returns a command's options except {@code --help}; none for a command without options or with those of Maven. */
    public static List<String> options(String command) {
        return switch (command) {
            case "bench" -> List.of("--calls", "--seconds", "--agents", "--number", "--rate", "--refused", "--scale", "--steps", "--cold", "--sip",
                    "--load", "--all", "--report", "--json", "--compare", "--from");
            case "soak" -> List.of("--hours", "--minutes", "--calls", "--report", "--seed");
            default -> List.of();
        };
    }

    static CommandSpec spec(String command) {
        CommandSpec spec = CommandSpec.create().name(command);
        options(command).forEach(option -> spec.addOption(OptionSpec.builder(option).build()));
        return spec;
    }
}
