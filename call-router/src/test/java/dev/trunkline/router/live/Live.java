package dev.trunkline.router.live;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.TrunkRef;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Live calls for tests: the n-th is the n-th by its id. */
final class Live {
    static final OrganisationRef BAKERY = new OrganisationRef("00000000-0000-0000-0000-00000000000b", "bakery");
    static final OrganisationRef FLORIST = new OrganisationRef("00000000-0000-0000-0000-00000000000f", "florist");
    static final String SHOP = "+3225550701";
    static final Instant SINCE = Instant.parse("2026-03-02T09:15:30Z");

    private Live() {}

    static CallId id(long number) {
        return new CallId(new UUID(0, number));
    }

    static LiveCall call(long number) {
        return of(number, BAKERY, SHOP, Optional.empty());
    }

    static LiveCall of(long number, OrganisationRef organisation, String called, Optional<String> pool) {
        return new LiveCall(id(number), organisation, called, new TrunkRef("t1", "pbx"), pool, Optional.empty(), SINCE);
    }

    static LiveCall trial(long number) {
        return new LiveCall(
                id(number), BAKERY, SHOP, new TrunkRef("t1", "pbx"), Optional.empty(), Optional.of(CallPurpose.TRIAL), SINCE);
    }
}
