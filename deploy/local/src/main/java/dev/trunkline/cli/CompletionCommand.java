package dev.trunkline.cli;

import picocli.AutoComplete;
import picocli.CommandLine;

/** {@code ./trunkline completion}: prints the script that a shell needs to complete commands and options. */
@CommandLine.Command(
        name = "completion",
        description = "Prints a script for bash and zsh that completes commands and options with the tab key.",
        footer = "  source <(./trunkline completion)",
        exitCodeList = "0:done")
final class CompletionCommand extends Command {
    @Override
    public int run(Surroundings here) {
        here.out().println(AutoComplete.bash("trunkline", Cli.everything()));
        return 0;
    }
}
