package dev.trunkline.router.legs;

import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.problem.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The organisation's number that an outbound call shows.
 *
 * @param text in E.164, or short
 * @param entry the directory entry to which it belongs
 */
record Numbered(String text, PhoneNumber entry) {
    private static final NumberPlan INTERNATIONAL = new NumberPlan(Optional.empty());

    /**
     * Returns the given number, else the organisation's first entry that is a single number and switched on; empty if
     * it has none.
     *
     * @throws Refused if the given number is not the organisation's
     */
    static Optional<Numbered> of(Optional<String> given, Directory directory, Organisation organisation) {
        return given.isPresent() ? Optional.of(given(given.get(), directory, organisation)) : first(directory, organisation);
    }

    private static Numbered given(String written, Directory directory, Organisation organisation) {
        String number = INTERNATIONAL.normalise(written).text();
        return directory.numberOnAnyTrunk(number)
                .filter(entry -> entry.organisationId().equals(organisation.id()))
                .map(entry -> new Numbered(number, entry))
                .orElseThrow(() -> Refused.malformed("A call cannot show a number of somebody else.", List.of(new Fault(
                        "caller_id", "write a number of organisation %s in E.164: GET /numbers lists them"
                                .formatted(organisation.name())))));
    }

    private static Optional<Numbered> first(Directory directory, Organisation organisation) {
        return directory.numbers().values().stream()
                .filter(entry -> entry.organisationId().equals(organisation.id()) && entry.active())
                .filter(entry -> entry.phoneNumber().startsWith("+") && !entry.phoneNumber().endsWith("*"))
                .min(Comparator.comparing(PhoneNumber::createdAt).thenComparing(PhoneNumber::phoneNumber))
                .map(entry -> new Numbered(entry.phoneNumber(), entry));
    }
}
