package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.calls.Table;
import dev.trunkline.cli.schemas.Registration.Outcome;
import dev.trunkline.cli.schemas.Verdict.First;
import dev.trunkline.cli.schemas.Verdict.Next;
import dev.trunkline.cli.schemas.Verdict.Present;
import dev.trunkline.cli.schemas.Verdict.Refused;
import dev.trunkline.cli.schemas.Verdict.Registered;
import java.util.List;
import java.util.OptionalInt;

/** Says what a registry made of the schemas. */
final class OutcomePrinter {
    private final Surroundings here;
    private final boolean json;
    private final boolean check;

    /** @param check nothing was meant to be registered */
    OutcomePrinter(Surroundings here, boolean json, boolean check) {
        this.here = here;
        this.json = json;
        this.check = check;
    }

    void print(List<Outcome> outcomes) {
        if (json) {
            outcomes.forEach(outcome -> here.out().println(line(outcome)));
            return;
        }
        Table table = new Table("subject", "version", "state");
        outcomes.forEach(outcome -> {
            OptionalInt version = version(outcome.verdict());
            table.row(outcome.schema().subject(), version.isPresent() ? Integer.toString(version.getAsInt()) : "-", state(outcome.verdict()));
        });
        table.print(here.out());
        List<Outcome> refused = outcomes.stream().filter(Outcome::refused).toList();
        if (!refused.isEmpty()) {
            printRefused(refused, outcomes.stream().anyMatch(outcome -> outcome.verdict() instanceof Registered));
        }
    }

    private void printRefused(List<Outcome> refused, boolean someRegistered) {
        String sequel = check ? "" : someRegistered ? ", after others had been registered" : ", so nothing was registered";
        here.err().printf("The registry refuses %d of the schemas%s.%n", refused.size(), sequel);
        for (Outcome outcome : refused) {
            here.err().println("  " + outcome.schema().subject());
            reasons(outcome.verdict()).forEach(reason -> here.err().println("    " + reason));
        }
        here.err().println("The levels BACKWARD and FULL refuse fields that this version adds; --level FORWARD sets the one that accepts them.");
    }

    private static ObjectNode line(Outcome outcome) {
        ObjectNode line = JsonNodeFactory.instance.objectNode()
                .put("subject", outcome.schema().subject())
                .put("state", state(outcome.verdict()));
        version(outcome.verdict()).ifPresent(version -> line.put("version", version));
        List<String> reasons = reasons(outcome.verdict());
        if (!reasons.isEmpty()) {
            reasons.forEach(line.putArray("reasons")::add);
        }
        return line;
    }

    private static String state(Verdict verdict) {
        return switch (verdict) {
            case Present _ -> "unchanged";
            case First _ -> "new";
            case Next _ -> "changed";
            case Refused _ -> "refused";
            case Registered _ -> "registered";
        };
    }

    private static OptionalInt version(Verdict verdict) {
        return switch (verdict) {
            case Present(int version) -> OptionalInt.of(version);
            case Registered(int version) -> OptionalInt.of(version);
            case First _, Next _, Refused _ -> OptionalInt.empty();
        };
    }

    private static List<String> reasons(Verdict verdict) {
        return verdict instanceof Refused(List<String> reasons) ? reasons : List.of();
    }
}
