package dev.trunkline.cli.directory;

import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import dev.trunkline.cli.router.RouterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./trunkline apply FILE}: sends a directory file, or one of LiveKit's, to a router, and prints what changed. */
@CommandLine.Command(
        name = "apply",
        description = "Applies a directory file (YAML or JSON) and prints what changed; applying it again changes nothing.",
        footer = {
            "  ./trunkline apply acme.yaml --dry-run",
            "  ./trunkline apply rule.json --livekit --trunk yeastar --organisation acme"
        },
        exitCodeList = {
            "0:applied, or with --dry-run: would be applied",
            "1:the file has faults, which are listed, and nothing was applied; or there is no router",
            "2:faulty command line"
        })
public final class ApplyCommand extends Command {
    @Parameters(paramLabel = "FILE", description = "Required. The file, or - for standard input.")
    private String file;

    @Option(names = "--dry-run", description = "Prints what would change, and changes nothing.")
    private boolean dryRun;

    @Option(names = "--whole", description = "FILE is the whole directory, and everything that is not in it is removed.")
    private boolean whole;

    @Option(names = "--livekit",
            description = "FILE is JSON for LiveKit's CreateSIPDispatchRule, CreateSIPInboundTrunk or CreateSIPOutboundTrunk, one request "
                    + "or a list.")
    private boolean liveKit;

    @Option(names = "--trunk", paramLabel = "NAME|ID=NAME",
            description = "With --livekit: our trunk, for rules that name one of LiveKit's or none; or the name of the trunk in FILE. "
                    + "ID=NAME is our trunk for one of LiveKit's ids (ST_...). May be given several times.")
    private List<String> trunks = new ArrayList<>();

    @Option(names = "--organisation", paramLabel = "NAME", description = "With --livekit: the organisation that gets the rules.")
    private String organisation;

    @Option(names = "--wildcard", description = "With --livekit: rules that name no trunk take the calls of every trunk.")
    private boolean wildcard;

    @Option(names = "--json", description = "Prints the router's report as JSON.")
    private boolean json;

    @Mixin
    private RouterOptions router;

    @Override
    public int run(Surroundings here) throws Exception {
        if (!liveKit && (!trunks.isEmpty() || organisation != null || wildcard)) {
            throw new UsageException("--trunk, --organisation and --wildcard are for LiveKit's files: add --livekit");
        }
        if (liveKit && whole) {
            throw new UsageException("a file of LiveKit's is never the whole directory: leave --whole out");
        }
        byte[] content = read(file, here);
        RouterAnswer answer;
        try (RouterClient client = router.client(here)) {
            String path = liveKit ? "directory/import/livekit" : "directory/apply";
            answer = client.post(path + RouterClient.query(parameters()), "application/octet-stream", content);
        }
        if (!answer.good()) {
            answer.printProblem("Nothing was applied", here.err());
            if (!liveKit && answer.json().toString().matches("(?s).*\"(dispatch_?[rR]ule|rule|trunk)\".*")) {
                here.err().println("If this is a file of LiveKit's, add --livekit.");
            }
            return 1;
        }
        if (json) {
            here.out().println(answer.json().toPrettyString());
        } else {
            new Changes(here.out(), dryRun).print(answer.json());
        }
        return 0;
    }

    private Stream<String> parameters() {
        List<String> parameters = new ArrayList<>();
        trunks.forEach(name -> parameters.add("trunk=" + name));
        if (organisation != null) {
            parameters.add("organisation=" + organisation);
        }
        if (wildcard) {
            parameters.add("wildcard=true");
        }
        if (whole) {
            parameters.add("whole=true");
        }
        if (dryRun) {
            parameters.add("dry_run=true");
        }
        return parameters.stream();
    }

    private static byte[] read(String file, Surroundings here) throws IOException {
        if (file.equals("-")) {
            return here.in().readAllBytes();
        }
        try {
            return Files.readAllBytes(here.folder().resolve(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }
}
