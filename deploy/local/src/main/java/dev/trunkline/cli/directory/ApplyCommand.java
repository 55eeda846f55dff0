package dev.trunkline.cli.directory;

import dev.trunkline.cli.Arguments;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code ./trunkline apply FILE}: sends a directory file, or one of LiveKit's, to a router, and says what changed. */
public final class ApplyCommand implements Command {
    private static final Set<String> FLAGS = Set.of("--dry-run", "--whole", "--livekit", "--wildcard");

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public String help() {
        return """
            ./trunkline apply FILE [--dry-run] [--whole]
            ./trunkline apply FILE --livekit [--dry-run] [--trunk NAME]... [--organisation NAME] [--wildcard]
              Applies a directory file (YAML or JSON) and says what changed; applying it again changes nothing.
              FILE             - for what comes on standard input
              --dry-run        says what would change, and changes nothing
              --whole          FILE is the whole directory, and what is not in it is removed
              --livekit        FILE is JSON for LiveKit's CreateSIPDispatchRule or CreateSIPInboundTrunk, one or a list
              --trunk NAME     our trunk, for rules that name LiveKit's or none; or the name of the trunk in FILE
              --trunk ID=NAME  our trunk for one of LiveKit's ids (ST_...); may stand several times
              --organisation NAME  whose rules they become
              --wildcard       rules that name no trunk take the calls of every trunk
            """
                + RouterClient.HELP + """

              Exit code 1 and a list of what is wrong if the file has faults; then nothing was applied.""";
    }

    @Override
    public int run(List<String> words, Surroundings here) throws Exception {
        Set<String> valued = new HashSet<>(RouterClient.OPTIONS);
        valued.addAll(Set.of("--trunk", "--organisation"));
        Arguments arguments = Arguments.parse(words, FLAGS, valued);
        String file = arguments.only("a file");
        boolean liveKit = arguments.has("--livekit");
        if (!liveKit && Stream.of("--trunk", "--organisation", "--wildcard").anyMatch(arguments::has)) {
            throw new UsageException("--trunk, --organisation and --wildcard are for LiveKit's files: add --livekit");
        }
        if (liveKit && arguments.has("--whole")) {
            throw new UsageException("a file of LiveKit's is never the whole directory: leave --whole out");
        }
        byte[] content = read(file, here);
        RouterAnswer answer;
        try (RouterClient router = RouterClient.of(arguments, here)) {
            String path = liveKit ? "directory/import/livekit" : "directory/apply";
            answer = router.post(path + RouterClient.query(parameters(arguments)), "application/octet-stream", content);
        }
        if (!answer.good()) {
            answer.printProblem("Nothing was applied", here.err());
            if (!liveKit && answer.json().toString().matches("(?s).*\"(dispatch_?[rR]ule|rule|trunk)\".*")) {
                here.err().println("If this is a file of LiveKit's, add --livekit.");
            }
            return 1;
        }
        new Changes(here.out(), arguments.has("--dry-run")).print(answer.json());
        return 0;
    }

    private static Stream<String> parameters(Arguments arguments) {
        List<String> parameters = new ArrayList<>();
        arguments.all("--trunk").forEach(name -> parameters.add("trunk=" + name));
        arguments.one("--organisation").ifPresent(name -> parameters.add("organisation=" + name));
        Stream.of("--wildcard", "--whole", "--dry-run")
                .filter(arguments::has)
                .forEach(flag -> parameters.add(flag.substring(2).replace('-', '_') + "=true"));
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
