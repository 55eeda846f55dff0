package dev.trunkline.cli.directory;

import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import dev.trunkline.cli.router.RouterOptions;
import dev.trunkline.local.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./trunkline export}: prints the router's directory as a file that {@code apply} accepts. */
@CommandLine.Command(
        name = "export",
        description = "Prints the directory as YAML, in the form that ./trunkline apply takes. Passwords and other secrets are "
                + "hidden unless --with-secrets is given; applying such a file keeps the stored ones.",
        footer = {"  ./trunkline export > directory.yaml", "  ./trunkline export --with-secrets --out backup.yaml"},
        exitCodeList = {"0:done", "1:the router refused it, there is no router, or the file cannot be written", "2:faulty command line"})
public final class ExportCommand extends Command {
    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--with-secrets", description = "Includes passwords and other secrets, in the file that --out names.")
    private boolean withSecrets;

    @Option(names = "--out", paramLabel = "FILE",
            description = "Required with --with-secrets. Writes a file instead, which only its owner can read (0600); "
                    + "an existing file is replaced.")
    private String file;

    @Mixin
    private RouterOptions router;

    @Override
    public int run(Surroundings here) throws Exception {
        if (withSecrets && file == null) {
            throw new UsageException("--with-secrets needs --out FILE: secrets are not printed");
        }
        RouterAnswer answer;
        try (RouterClient client = router.client(here)) {
            String path = "directory" + (withSecrets ? "?with_secrets=true" : "");
            answer = client.get(path, json ? "application/json" : "application/yaml");
        }
        if (!answer.good()) {
            answer.printProblem("Nothing was exported", here.err());
            return 1;
        }
        String text = (json ? answer.json().toPrettyString() : answer.body()).stripTrailing();
        if (file == null) {
            here.out().println(text);
        } else {
            write(here.folder().resolve(file), text + "\n", here);
        }
        return 0;
    }

    private void write(Path to, String text, Surroundings here) throws IOException {
        if (Files.exists(to) && !Files.isRegularFile(to)) {
            throw new IOException(to + " is not a file: name one that may be replaced");
        }
        Optional<Path> folder = Optional.ofNullable(to.toAbsolutePath().getParent());
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            throw new IOException("there is no folder " + folder.get());
        }
        // A new file replaces the old one, so a process that has the old one open cannot read the new contents.
        OwnerOnly.write(to, text);
        here.err().printf("%s was written%s; only its owner can read it (0600).%n",
                file, withSecrets ? ", with every secret of the directory" : "");
    }
}
