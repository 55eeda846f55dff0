package dev.trunkline.cli.schemas;

import java.util.List;

/** What a registry makes of a schema. */
sealed interface Verdict {

    /** It has this schema already. @param version in the subject */
    record Present(int version) implements Verdict {}

    /** The subject has no schema yet, so any valid one is accepted. */
    record First() implements Verdict {}

    /** The schema is compatible with the latest of the subject, and would be its next version. */
    record Next() implements Verdict {}

    /** The registry does not accept the schema. @param reasons one line each */
    record Refused(List<String> reasons) implements Verdict {}

    /** The schema was registered. @param version in the subject */
    record Registered(int version) implements Verdict {}

    /** Whether the schema is not in the registry and would be accepted. */
    default boolean wanted() {
        return this instanceof First || this instanceof Next;
    }
}
