package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.router.fields.Fault;
import java.util.List;

/** The one character that JSON can express and Postgres cannot store. */
public final class Unstorable {
    private Unstorable() {}

    public static void find(JsonNode node, String path, List<Fault> faults) {
        if (node.isTextual() && node.textValue().indexOf('\0') >= 0) {
            faults.add(new Fault(path, "contains the character U+0000: leave it out"));
        }
        node.properties().forEach(field -> {
            if (field.getKey().indexOf('\0') >= 0) {
                faults.add(new Fault(path, "has a field with the character U+0000 in its name: leave it out"));
            }
            find(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), faults);
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                find(node.get(i), path + "[" + i + "]", faults);
            }
        }
    }
}
