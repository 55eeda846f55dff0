package dev.trunkline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One of the commands behind {@code ./trunkline}: what it is given stands in annotated fields, which picocli fills. Its help says
 * what is required, what is taken if nothing is given, an example, and the exit codes.
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

    @Option(names = {"-h", "--help"}, usageHelp = true, order = 1_000, description = "Prints this.")
    private boolean help;

    /**
     * @return exit code: 0 if it is done, 1 if the answer is no, another that the command's help tells
     * @throws UsageException for a faulty command line that picocli takes
     * @throws java.io.IOException whose message says what is in the way and what to do
     */
    public abstract int run(Surroundings here) throws Exception;

    /** What the command line begins with. */
    public final String name() {
        return spec.name();
    }
}
