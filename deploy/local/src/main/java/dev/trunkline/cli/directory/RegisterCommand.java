package dev.trunkline.cli.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import dev.trunkline.cli.router.RouterOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./trunkline register DIR}: registers a folder of LiveKit rule files, all or nothing, for a named trunk. */
@CommandLine.Command(
        name = "register",
        description = "Applies a folder of files that were written for lk sip (*.json, _comment allowed), all of them or none, and prints what "
                + "changed; registering it again changes nothing. A rule without a name gets the name of its file.",
        footer = {"  ./trunkline register config/sip --trunk yeastar --organisation acme --dry-run", "  ./trunkline register config/sip yeastar"},
        exitCodeList = {
            "0:registered, or with --dry-run: would be registered",
            "1:a file has faults, which are listed by file, and nothing was applied; or there is no router",
            "2:faulty command line"
        })
public final class RegisterCommand extends Command {
    @Parameters(index = "0", paramLabel = "DIR", description = "Required. The folder.")
    private String folder;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME|ID=NAME", description = "The same as --trunk.")
    private List<String> positional = new ArrayList<>();

    @Option(names = "--trunk", paramLabel = "NAME|ID=NAME",
            description = "Our trunk, for rules that name one of LiveKit's or none; or the name of the one trunk in DIR. ID=NAME is our trunk for "
                    + "one of LiveKit's ids (ST_...). May be given several times.")
    private List<String> trunks = new ArrayList<>();

    @Option(names = "--organisation", paramLabel = "NAME", description = "The organisation that gets the rules.")
    private String organisation;

    @Option(names = "--wildcard", description = "Rules that name no trunk take the calls of every trunk.")
    private boolean wildcard;

    @Option(names = "--dry-run", description = "Prints what would change, and changes nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the router's report as JSON.")
    private boolean json;

    @Mixin
    private RouterOptions router;

    @Override
    public int run(Surroundings here) throws Exception {
        RuleFolder files = RuleFolder.read(here.folder().resolve(folder), folder);
        RouterAnswer answer;
        try (RouterClient client = router.client(here)) {
            answer = client.post(
                    "directory/import/livekit" + RouterClient.query(parameters()), "application/octet-stream",
                    files.requests().toString().getBytes(StandardCharsets.UTF_8));
        }
        JsonNode report = files.placed(answer.json());
        if (!answer.good()) {
            answer.printProblem("Nothing was registered", here.err());
            return 1;
        }
        if (json) {
            here.out().println(report.toPrettyString());
        } else {
            new Changes(here.out(), dryRun).print(report);
        }
        return 0;
    }

    private Stream<String> parameters() {
        List<String> parameters = new ArrayList<>();
        Stream.concat(trunks.stream(), positional.stream()).forEach(name -> parameters.add("trunk=" + name));
        if (organisation != null) {
            parameters.add("organisation=" + organisation);
        }
        if (wildcard) {
            parameters.add("wildcard=true");
        }
        if (dryRun) {
            parameters.add("dry_run=true");
        }
        return parameters.stream();
    }
}
