package dev.trunkline.cli;

import dev.trunkline.cli.call.CallCommand;
import dev.trunkline.cli.directory.ApplyCommand;
import dev.trunkline.cli.directory.ExportCommand;
import dev.trunkline.cli.explain.ExplainCommand;
import dev.trunkline.cli.trace.TraceCommand;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The commands of {@code ./trunkline} that talk to a suite. Exit code 0 if a command did what it was asked for, 1 if
 * not, 2 for a faulty command line.
 */
public final class Cli {
    private static final List<Command> COMMANDS = List.of(
            new CallCommand(), new ApplyCommand(), new ExportCommand(), new ExplainCommand(), new TraceCommand());

    private Cli() {}

    public static void main(String[] args) {
        int code = run(Arrays.asList(args), Surroundings.ofThisProcess());
        System.out.flush();
        System.exit(code);
    }

    /** @param words the command's name and what follows it */
    public static int run(List<String> words, Surroundings here) {
        Optional<Command> named = COMMANDS.stream()
                .filter(command -> words.stream().findFirst().filter(command.name()::equals).isPresent())
                .findFirst();
        if (named.isEmpty()) {
            here.err().println("trunkline: the commands are "
                    + COMMANDS.stream().map(Command::name).collect(Collectors.joining(", ")));
            return 2;
        }
        Command command = named.get();
        List<String> rest = words.subList(1, words.size());
        if (rest.contains("--help") || rest.contains("-h")) {
            here.out().println(command.help().strip());
            return 0;
        }
        try {
            return command.run(rest, here);
        } catch (UsageException e) {
            here.err().println("trunkline " + command.name() + ": " + e.getMessage() + "\n\n" + command.help().strip());
            return 2;
        } catch (IOException e) {
            here.err().println("trunkline " + command.name() + ": " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception e) {
            here.err().println("trunkline " + command.name() + " failed: " + e);
            return 1;
        }
    }
}
