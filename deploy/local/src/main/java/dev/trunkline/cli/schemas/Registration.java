package dev.trunkline.cli.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Brings schemas into a registry: all of them, or none if it would refuse one. */
final class Registration {

    /** What the registry made of the schema of one subject. */
    record Outcome(EventSchema schema, Verdict verdict) {
        boolean refused() {
            return verdict instanceof Verdict.Refused;
        }
    }

    private final SchemaRegistry registry;
    private final List<EventSchema> schemas;

    Registration(SchemaRegistry registry, List<EventSchema> schemas) {
        this.registry = registry;
        this.schemas = schemas;
    }

    /** Sets the level by which the registry judges each of the subjects. */
    void setLevel(Level level) throws IOException, InterruptedException {
        for (EventSchema schema : schemas) {
            registry.setLevel(schema, level);
        }
    }

    /** Returns what would happen to each schema, and changes nothing. */
    List<Outcome> check() throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (EventSchema schema : schemas) {
            outcomes.add(new Outcome(schema, registry.judge(schema)));
        }
        return outcomes;
    }

    /** Registers what the registry does not have yet; nothing if it would refuse a schema. */
    List<Outcome> register() throws IOException, InterruptedException {
        List<Outcome> outcomes = check();
        if (outcomes.stream().anyMatch(Outcome::refused)) {
            return outcomes;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            EventSchema schema = outcomes.get(i).schema();
            if (outcomes.get(i).verdict().wanted()) {
                outcomes.set(i, new Outcome(schema, registry.register(schema)));
            }
        }
        return outcomes;
    }
}
