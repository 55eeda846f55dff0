package dev.trunkline.router.livekit;

import java.util.List;

/** LiveKit knows no owners of numbers; here a number that belongs to nobody is refused before any rule is asked. */
record NumberCheck(ImportOptions options) {

    void check(Message rule, List<String> called) {
        List<String> free = called.stream().filter(number -> !options.numberTaken().test(number)).toList();
        if (!free.isEmpty()) {
            rule.warn(rule.has("numbers") ? "numbers" : "inbound_numbers",
                    "%s: no organisation has it, so its calls are refused as number-unknown until it stands under the numbers of an organisation"
                            .formatted(String.join(", ", free)));
        }
    }
}
