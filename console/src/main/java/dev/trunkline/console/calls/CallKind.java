package dev.trunkline.console.calls;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.Envelope;
import java.util.Locale;
import java.util.Optional;

/** The purpose a call was made for. */
public enum CallKind {
    /** A real call. */
    CALL,
    /** A call that checks whether the suite works: shown, but left out of every statistic. */
    TRIAL,
    /** An invented call, for the history of the demo. */
    DEMO;

    /** Prefix of the source of an invented event; no service has such a name. */
    public static final String DEMO_SOURCE = "/demo-history/";

    static CallKind of(Envelope event, Optional<CallPurpose> purpose) {
        if (event.source().startsWith(DEMO_SOURCE)) {
            return DEMO;
        }
        return of(purpose);
    }

    /** The kind of a call that is known not to be invented. */
    public static CallKind of(Optional<CallPurpose> purpose) {
        return purpose.filter(known -> known == CallPurpose.TRIAL).isPresent() ? TRIAL : CALL;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
