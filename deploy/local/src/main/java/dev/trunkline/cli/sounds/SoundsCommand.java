package dev.trunkline.cli.sounds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.calls.Table;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import dev.trunkline.cli.router.RouterOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./trunkline sounds put|list|delete}: uploads, lists and removes the sounds of announcements. */
@CommandLine.Command(
        name = "sounds",
        description = "Uploads, lists and deletes the sounds that callers hear as announcements: WAV (16-bit PCM at 8, 16 or 48 kHz, or G.711) "
                + "or Ogg Opus, one channel, at most 900000 octets and 120 s. Rules and numbers name them in `announcement`.",
        footer = {
            "  ./trunkline sounds put machine notice-nl.wav --language nl-BE",
            "  ./trunkline sounds put machine notice-en.ogg --language en --default --organisation demo",
            "  ./trunkline sounds list",
            "  ./trunkline sounds delete machine --language en --organisation demo"
        },
        exitCodeList = {"0:done", "1:the router refused it, and says why; or there is no router", "2:faulty command line"})
public final class SoundsCommand extends Command {
    private static final String NONE = "-";

    @Parameters(index = "0", paramLabel = "put|list|delete", description = "Required. What to do.")
    private String action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The sound's name, for put and delete.")
    private String name;

    @Parameters(index = "2", arity = "0..1", paramLabel = "FILE", description = "The file, for put.")
    private String file;

    @Option(names = "--language", paramLabel = "TAG",
            description = "BCP 47, for example nl-BE. Without it, put stores a sound for all languages, and delete removes every language.")
    private String language;

    @Option(names = "--organisation", paramLabel = "NAME",
            description = "The owner of the sound; by default the suite, or with a tenant's token the tenant.")
    private String organisation;

    @Option(names = "--default", description = "For put: plays this sound if there is none in the wanted language.")
    private boolean byDefault;

    @Option(names = "--json", description = "Prints the router's answer as JSON.")
    private boolean json;

    @Mixin
    private RouterOptions router;

    @Override
    public int run(Surroundings here) throws Exception {
        return switch (action.toLowerCase(Locale.ROOT)) {
            case "put" -> put(here);
            case "list" -> list(here);
            case "delete" -> delete(here);
            default -> throw new UsageException("write put, list or delete, not " + action);
        };
    }

    private int put(Surroundings here) throws Exception {
        if (name == null || file == null) {
            throw new UsageException("put needs the sound's name and its file");
        }
        byte[] content;
        try {
            content = Files.readAllBytes(here.folder().resolve(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
        try (RouterClient client = router.client(here)) {
            return done(client.put(path() + query(true), "application/octet-stream", content), "Nothing was uploaded", here);
        }
    }

    private int delete(Surroundings here) throws Exception {
        if (name == null || file != null) {
            throw new UsageException("delete needs the sound's name and nothing else");
        }
        try (RouterClient client = router.client(here)) {
            return done(client.delete(path() + query(true)), "Nothing was removed", here);
        }
    }

    private int list(Surroundings here) throws Exception {
        if (name != null) {
            throw new UsageException("list takes no name");
        }
        try (RouterClient client = router.client(here)) {
            RouterAnswer answer = client.get("sounds" + query(false), "application/json");
            if (answer.good() && !json) {
                print(answer.json().path("sounds"), here);
                return 0;
            }
            return done(answer, "Nothing is listed", here);
        }
    }

    private String path() {
        return "sounds/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private String query(boolean ofOne) {
        List<String> pairs = new ArrayList<>();
        if (ofOne && language != null) {
            pairs.add("language=" + language);
        }
        if (organisation != null) {
            pairs.add("organisation=" + organisation);
        }
        if (byDefault) {
            pairs.add("default=true");
        }
        return RouterClient.query(pairs.stream());
    }

    private int done(RouterAnswer answer, String otherwise, Surroundings here) {
        if (!answer.good()) {
            answer.printProblem(otherwise, here.err());
            return 1;
        }
        if (json) {
            here.out().println(answer.json().toPrettyString());
        } else if (answer.json().has("name")) {
            print(List.of(answer.json()), here);
        }
        return 0;
    }

    private static void print(Iterable<JsonNode> sounds, Surroundings here) {
        var table = new Table("name", "language", "organisation", "default", "seconds", "octets", "type", "by");
        sounds.forEach(sound -> table.row(
                sound.path("name").asText(), word(sound, "language"), word(sound, "organisation"), sound.path("default").asBoolean() ? "yes" : NONE,
                "%.1f".formatted(sound.path("seconds").asDouble()), sound.path("octets").asText(), sound.path("content_type").asText(),
                word(sound, "written_by")));
        table.print(here.out());
    }

    private static String word(JsonNode sound, String field) {
        String word = sound.path(field).asText("");
        return word.isEmpty() ? NONE : word;
    }
}
