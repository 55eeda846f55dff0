package dev.trunkline.cli.directory;

import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import dev.trunkline.cli.router.RouterOptions;
import dev.trunkline.local.DemoSound;
import java.nio.file.Files;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./trunkline demo}: reloads the demo data that the first start loaded. */
@CommandLine.Command(
        name = "demo",
        description = "Loads the demo data (deploy/demo/demo.yaml) again and prints what that changes. The first ./trunkline run loads it; "
                + "later ones keep the changes made since.",
        footer = {"  ./trunkline demo --dry-run", "  ./trunkline demo"},
        exitCodeList = {
            "0:loaded, or with --dry-run: would be loaded", "1:the router refused it, or there is no router", "2:faulty command line"
        })
public final class DemoCommand extends Command {
    @Option(names = "--dry-run", description = "Prints what would change, and changes nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the router's report as JSON.")
    private boolean json;

    @Mixin
    private RouterOptions router;

    @Override
    public int run(Surroundings here) throws Exception {
        byte[] content = Files.readAllBytes(here.root().resolve("deploy/demo/demo.yaml"));
        RouterAnswer answer;
        try (RouterClient client = router.client(here)) {
            if (!dryRun) {
                RouterAnswer sound = client.put("sounds/" + DemoSound.NAME, "audio/wav", DemoSound.wav());
                if (!sound.good()) {
                    sound.printProblem("The demo's sound was not loaded", here.err());
                    return 1;
                }
            }
            answer = client.post("directory/apply" + (dryRun ? "?dry_run=true" : ""), "application/yaml", content);
        }
        if (!answer.good()) {
            answer.printProblem("The demo data was not loaded", here.err());
            return 1;
        }
        if (json) {
            here.out().println(answer.json().toPrettyString());
        } else {
            new Changes(here.out(), dryRun).print(answer.json());
        }
        return 0;
    }
}
