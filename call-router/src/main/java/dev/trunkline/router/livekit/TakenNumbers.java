package dev.trunkline.router.livekit;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.TrunkView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether somebody has a number that a file of LiveKit's names, as any of the trunks would read it. */
public record TakenNumbers(Directory directory) {
    /** Reads international numbers alone. */
    private static final InboundTrunk NO_TRUNK =
            new InboundTrunk("", "", List.of(), Optional.empty(), List.of(), List.of(), List.of());

    /** @param written a number, or its beginning and a star */
    public boolean has(String written) {
        if (written.endsWith("*")) {
            String beginning = written.substring(0, written.length() - 1);
            return directory.numbers().keySet().stream().anyMatch(number -> number.startsWith(beginning));
        }
        return Stream.concat(Stream.of(NO_TRUNK), directory.trunks().values().stream().map(TrunkView::trunk))
                .anyMatch(trunk -> directory.number(trunk.plan().normalise(written).text(), trunk).isPresent());
    }
}
