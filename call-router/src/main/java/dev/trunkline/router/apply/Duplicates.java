package dev.trunkline.router.apply;

import dev.trunkline.router.fields.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands twice in a file: the second would silently undo the first. */
final class Duplicates {
    private final Map<String, String> seen = new HashMap<>();
    private final List<Fault> faults;

    private Duplicates(List<Fault> faults) {
        this.faults = faults;
    }

    static void find(DirectoryFile file, List<Fault> faults) {
        var duplicates = new Duplicates(faults);
        for (int i = 0; i < file.organisations().size(); i++) {
            var organisation = file.organisations().get(i);
            String path = "organisations[" + i + "]";
            duplicates.check("organisation " + organisation.name(), path + ".name");
            for (int j = 0; j < organisation.numbers().size(); j++) {
                duplicates.check(
                        "number " + organisation.numbers().get(j).phoneNumber(),
                        path + ".numbers[" + j + "].phone_number");
            }
        }
        for (int i = 0; i < file.trunks().size(); i++) {
            duplicates.check("trunk " + file.trunks().get(i).name(), "trunks[" + i + "].name");
        }
        for (int i = 0; i < file.rules().size(); i++) {
            duplicates.check("rule " + file.rules().get(i).name(), "rules[" + i + "].name");
        }
    }

    private void check(String key, String path) {
        boolean named = !key.endsWith(" ");
        Optional<String> first = Optional.ofNullable(seen.putIfAbsent(key, path));
        if (named && first.isPresent()) {
            faults.add(new Fault(path, "%s stands in %s already: remove one".formatted(key, first.get())));
        }
    }
}
