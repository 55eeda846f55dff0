package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.schemas.Registration.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./trunkline schemas export|register}: the contract of the events as JSON Schemas, for consumers and their registries. */
@CommandLine.Command(
        name = "schemas",
        description = {
            "Writes a JSON Schema (draft 7) for each kind of event to a folder, or registers them at a schema registry that has Confluent's "
                    + "REST API: Confluent Schema Registry, Apicurio, Karapace. A subject is named as the header ce_type of the records that it "
                    + "describes. No service needs the registry, and records are JSON without a prefix as before; see docs/analytics.md.",
            "If the registry asks who you are, set TRUNKLINE_REGISTRY_USER and TRUNKLINE_REGISTRY_PASSWORD, or TRUNKLINE_REGISTRY_TOKEN."
        },
        footer = {
            "  ./trunkline schemas export schemas",
            "  ./trunkline schemas register http://127.0.0.1:8081 --check",
            "  ./trunkline schemas register http://127.0.0.1:8080/apis/ccompat/v7 --level FORWARD"
        },
        exitCodeList = {
            "0:done, or with --check: the registry has or would accept every schema",
            "1:the registry refuses a schema, for the reasons that are printed; or it cannot be asked",
            "2:faulty command line"
        })
public final class SchemasCommand extends Command {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectWriter PRETTY = new JsonMapper().writerWithDefaultPrettyPrinter();

    @Parameters(index = "0", paramLabel = "export|register", description = "Required. What to do.")
    private String action;

    @Parameters(index = "1", paramLabel = "DIR|URL",
            description = "Required. For export the folder, which is created if need be; for register the registry's address.")
    private String target;

    @Option(names = "--check", description = "For register: changes nothing, and prints what would be registered, and what refused and why.")
    private boolean check;

    @Option(names = "--level", paramLabel = "LEVEL",
            description = "For register: sets the compatibility level of the subjects first: ${COMPLETION-CANDIDATES}. FORWARD is what the "
                    + "contract promises; BACKWARD and FULL refuse fields that a later version adds. Without it, levels stay as they are.")
    private Level level;

    @Option(names = "--json", description = "Prints one line of JSON for each subject.")
    private boolean json;

    @Override
    public int run(Surroundings here) throws Exception {
        return switch (action.toLowerCase(Locale.ROOT)) {
            case "export" -> export(here);
            case "register" -> register(here);
            default -> throw new UsageException("write export or register, not " + action);
        };
    }

    private int export(Surroundings here) throws IOException {
        if (check || level != null) {
            throw new UsageException("--check and --level are for register");
        }
        Path folder = Files.createDirectories(here.folder().resolve(target));
        List<EventSchema> schemas = EventSchemas.ofContract();
        for (EventSchema schema : schemas) {
            Path file = folder.resolve(schema.subject() + ".json");
            Files.writeString(file, pretty(schema) + "\n");
            if (json) {
                here.out().println(JsonNodeFactory.instance.objectNode().put("subject", schema.subject()).put("file", file.toString()));
            }
        }
        if (!json) {
            here.out().printf("%d schemas are in %s%n", schemas.size(), target);
        }
        return 0;
    }

    private static String pretty(EventSchema schema) {
        try {
            return PRETTY.writeValueAsString(schema.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for the schema of " + schema.type(), e);
        }
    }

    private int register(Surroundings here) throws IOException, InterruptedException {
        if (check && level != null) {
            throw new UsageException("--check changes nothing, and --level would");
        }
        RegistryAddress address = RegistryAddress.of(target, here.environment());
        try (RegistryClient client = new RegistryClient(address, PATIENCE)) {
            Registration registration = new Registration(new SchemaRegistry(client), EventSchemas.ofContract());
            if (level != null) {
                registration.setLevel(level);
            }
            List<Outcome> outcomes = check ? registration.check() : registration.register();
            new OutcomePrinter(here, json, check).print(outcomes);
            return outcomes.stream().anyMatch(Outcome::refused) ? 1 : 0;
        }
    }
}
