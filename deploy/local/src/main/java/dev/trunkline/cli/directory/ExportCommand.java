package dev.trunkline.cli.directory;

import dev.trunkline.cli.Arguments;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import java.util.List;
import java.util.Set;

/** {@code ./trunkline export}: prints the router's directory as a file that {@code apply} takes. */
public final class ExportCommand implements Command {

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String help() {
        return """
            ./trunkline export [--json]
              Prints the directory as YAML, in the form that ./trunkline apply takes.
              --json           as JSON
            """
                + RouterClient.HELP;
    }

    @Override
    public int run(List<String> words, Surroundings here) throws Exception {
        Arguments arguments = Arguments.parse(words, Set.of("--json"), RouterClient.OPTIONS);
        arguments.nothingElse();
        boolean json = arguments.has("--json");
        RouterAnswer answer;
        try (RouterClient router = RouterClient.of(arguments, here)) {
            answer = router.get("directory", json ? "application/json" : "application/yaml");
        }
        if (!answer.good()) {
            answer.printProblem("Nothing was exported", here.err());
            return 1;
        }
        here.out().println((json ? answer.json().toPrettyString() : answer.body()).stripTrailing());
        return 0;
    }
}
