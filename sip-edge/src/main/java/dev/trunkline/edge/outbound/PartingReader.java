package dev.trunkline.edge.outbound;

import dev.trunkline.edge.call.Parting;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTargets;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Opens the headers that a relay wants on the BYE or the REFER of a call, and keeps those that may stand there. Thread-safe. */
public final class PartingReader {
    private static final Logger LOG = Logger.getLogger(PartingReader.class);

    private final SealedTargets targets;

    public PartingReader(SealedTargets targets) {
        this.targets = targets;
    }

    /** Empty for a record without such headers, or whose headers cannot be read: then the headers known before apply. */
    public Optional<Parting> read(CallRecord said) {
        return switch (said) {
            case HeadersChanged changed -> opened(changed.callId(), changed.sealedHeaders());
            case EndCall command -> command.sealedHeaders().flatMap(sealed -> opened(command.callId(), sealed));
            default -> Optional.empty();
        };
    }

    private Optional<Parting> opened(CallId call, String sealed) {
        try {
            return Optional.of(new Parting(FurtherHeaders.ofDialog(targets.given(call, sealed).headers())));
        } catch (SealBrokenException e) {
            LOG.errorf("call=%s the headers of its BYE cannot be read: %s", call, e.getMessage());
            return Optional.empty();
        }
    }
}
