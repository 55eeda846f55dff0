package dev.trunkline.console.calls;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.Envelope;
import java.util.Locale;
import java.util.Optional;

/** What a call was made for. */
public enum CallKind {
    /** Somebody wanted to talk. */
    CALL,
    /** To see whether the suite works: shown, and counted by no statistic. */
    TRIAL,
    /** Invented, for the history of the demo. */
    DEMO;

    /** How the source of an invented event begins; no service has such a name. */
    public static final String DEMO_SOURCE = "/demo-history/";

    static CallKind of(Envelope event, Optional<CallPurpose> purpose) {
        if (event.source().startsWith(DEMO_SOURCE)) {
            return DEMO;
        }
        return of(purpose);
    }

    /** The same of a call of which it is known that nobody invented it. */
    public static CallKind of(Optional<CallPurpose> purpose) {
        return purpose.filter(known -> known == CallPurpose.TRIAL).isPresent() ? TRIAL : CALL;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
