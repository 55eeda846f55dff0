package dev.trunkline.cli;

import dev.trunkline.cli.answer.AnswerCommand;
import dev.trunkline.cli.call.DialCommand;
import dev.trunkline.cli.call.TestCallCommand;
import dev.trunkline.cli.call.TransferCommand;
import dev.trunkline.cli.calls.CallsCommand;
import dev.trunkline.cli.directory.ApplyCommand;
import dev.trunkline.cli.directory.DemoCommand;
import dev.trunkline.cli.directory.ExportCommand;
import dev.trunkline.cli.directory.RegisterCommand;
import dev.trunkline.cli.explain.ExplainCommand;
import dev.trunkline.cli.gateways.GatewaysCommand;
import dev.trunkline.cli.schemas.SchemasCommand;
import dev.trunkline.cli.sounds.SoundsCommand;
import dev.trunkline.cli.trace.TraceCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands of {@code ./trunkline} that talk to a suite. The exit code is 0 if a command did what it was asked to do,
 * 1 if not, and 2 for a faulty command line.
 */
public final class Cli {
    private Cli() {}

    public static void main(String[] args) {
        int code = run(Arrays.asList(args), Surroundings.ofThisProcess());
        System.out.flush();
        System.exit(code);
    }

    /** @param words the command's name and its arguments */
    public static int run(List<String> words, Surroundings here) {
        CommandLine line = commandLine();
        PrintWriter out = new PrintWriter(here.out(), true);
        PrintWriter err = new PrintWriter(here.err(), true);
        line.setOut(out).setErr(err);
        line.setExecutionStrategy(parsed -> execute(parsed, here));
        line.setParameterExceptionHandler((faulty, args) -> usage(faulty, err));
        int code = line.execute(words.toArray(String[]::new));
        out.flush();
        err.flush();
        return code;
    }

    /** Returns every command, as picocli sees it. */
    static CommandLine commandLine() {
        var line = new CommandLine(CommandSpec.create().name("./trunkline"));
        for (Command command : List.of(
                new TestCallCommand(), new AnswerCommand(), new DialCommand(), new TransferCommand(), new CallsCommand(), new GatewaysCommand(), new SoundsCommand(), new TraceCommand(), new ExplainCommand(), new ApplyCommand(), new RegisterCommand(),
                new ExportCommand(), new SchemasCommand(), new DemoCommand(), new CompletionCommand())) {
            line.addSubcommand(command);
        }
        // An option that makes a list takes one value per occurrence: --trunk a b is not two trunks.
        return line.setUsageHelpWidth(120);
    }

    /** Returns the same with the commands that this program does not implement. */
    static CommandLine everything() {
        CommandLine line = commandLine();
        ScriptCommands.NAMES.forEach(name -> line.addSubcommand(name, ScriptCommands.spec(name)));
        return line;
    }

    private static int execute(ParseResult parsed, Surroundings here) {
        if (!parsed.hasSubcommand()) {
            throw new ParameterException(parsed.commandSpec().commandLine(),
                    "no command was given; there are " + String.join(", ", parsed.commandSpec().subcommands().keySet()));
        }
        CommandLine line = parsed.subcommand().commandSpec().commandLine();
        if (line.isUsageHelpRequested()) {
            line.usage(line.getOut());
            return 0;
        }
        Command command = (Command) parsed.subcommand().commandSpec().userObject();
        try {
            return command.run(here);
        } catch (UsageException e) {
            throw new ParameterException(line, e.getMessage());
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

    private static int usage(ParameterException faulty, PrintWriter err) {
        CommandLine line = faulty.getCommandLine();
        boolean ofACommand = line.getParent() != null;
        err.println("trunkline" + (ofACommand ? " " + line.getCommandName() : "") + ": " + faulty.getMessage());
        UnmatchedArgumentException.printSuggestions(faulty, err);
        if (ofACommand) {
            err.println();
            line.usage(err);
        } else {
            err.println("The commands are " + String.join(", ", line.getSubcommands().keySet()) + "; see ./trunkline help");
        }
        return 2;
    }
}
