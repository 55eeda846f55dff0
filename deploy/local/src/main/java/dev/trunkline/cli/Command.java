package dev.trunkline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One of the commands behind {@code ./trunkline}. Its arguments are annotated fields, which picocli fills. Its help says what is
 * required and what the defaults are, and gives an example and the exit codes.
 */
@CommandLine.Command(
        synopsisHeading = "",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%nFor example:%n",
        exitCodeListHeading = "%nExit code:%n",
        sortOptions = false,
        sortSynopsis = false,
        usageHelpAutoWidth = false,
        usageHelpWidth = 120)
public abstract class Command {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, order = 1_000, description = "Prints this help.")
    private boolean help;

    /**
     * @return exit code: 0 for success, 1 if the answer is no, or another one that the command's help documents
     * @throws UsageException for a faulty command line that picocli accepts
     * @throws java.io.IOException with a message that says what went wrong and what to do
     */
    public abstract int run(Surroundings here) throws Exception;

    /** Returns the word with which the command line begins. */
    public final String name() {
        return spec.name();
    }
}
