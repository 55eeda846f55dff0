package dev.trunkline.local.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The permissions of each service on Kafka, read from the table in the page for operators, so that tests use what operators read.
 *
 * @param all in the order of the table
 */
public record KafkaRights(List<Right> all) {
    private static final String PAGE = "docs/kafka.md";
    private static final int COLUMNS = 4;

    /** One row. @param name of a topic or group, literally */
    public record Right(String user, ResourceType resource, String name, List<AclOperation> operations) {
        Stream<AclBinding> bindings() {
            return operations.stream().map(operation -> new AclBinding(
                    new ResourcePattern(resource, name, PatternType.LITERAL),
                    new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
        }
    }

    public KafkaRights {
        all = List.copyOf(all);
    }

    /** @throws IOException if the page cannot be read, or a row of its table is invalid */
    public static KafkaRights of(Path root) throws IOException {
        return parse(Files.readString(root.resolve(PAGE)));
    }

    static KafkaRights parse(String page) throws IOException {
        List<Right> rights = new ArrayList<>();
        for (String line : page.lines().toList()) {
            List<String> cells = cells(line);
            if (cells.size() == COLUMNS && cells.getFirst().startsWith("`")) {
                rights.add(right(cells, line));
            }
        }
        if (rights.isEmpty()) {
            throw new IOException(PAGE + " has no table of users, resources, names and operations");
        }
        return new KafkaRights(rights);
    }

    private static List<String> cells(String line) {
        String row = line.strip();
        if (!row.startsWith("|") || !row.endsWith("|") || row.length() < 2) {
            return List.of();
        }
        return Stream.of(row.substring(1, row.length() - 1).split("\\|", -1)).map(String::strip).toList();
    }

    private static Right right(List<String> cells, String line) throws IOException {
        try {
            return new Right(
                    name(cells.get(0)),
                    ResourceType.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
                    name(cells.get(2)),
                    Stream.of(cells.get(3).split(","))
                            .map(word -> AclOperation.valueOf(word.strip().toUpperCase(Locale.ROOT)))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new IOException("a row of " + PAGE + " cannot be parsed: " + line, e);
        }
    }

    private static String name(String cell) {
        return cell.replace("`", "");
    }

    /** Returns the users in the table. */
    public Set<String> users() {
        return all.stream().map(Right::user).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns one binding for each row and operation. */
    public List<AclBinding> bindings() {
        return all.stream().flatMap(Right::bindings).toList();
    }
}
