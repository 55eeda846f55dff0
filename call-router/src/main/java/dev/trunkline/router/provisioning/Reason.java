package dev.trunkline.router.provisioning;

import java.util.Locale;

/** Why something of LiveKit's is not in the directory as it is there. */
public enum Reason {
    /** Neither metadata nor name nor setting says whose it is. */
    NO_ORGANISATION,
    /** It says an organisation that there is none of. */
    ORGANISATION_UNKNOWN,
    /** Something else has its name. */
    NAME_TAKEN,
    /** A field that the directory does not take, as a trunk without a gate. */
    NOT_POSSIBLE,
    /** The rule names trunks, and none of them is in the directory. */
    TRUNKS_MISSING,
    /** A field was changed in LiveKit and, otherwise, here. */
    CHANGED_ON_BOTH_SIDES,
    /** It was removed here and is still in LiveKit. */
    REMOVED_HERE,
    /** It is gone in LiveKit, and something here needs it. */
    STILL_NEEDED,
    /** A number belongs to another organisation, to nobody, or is claimed by two. */
    NUMBER_NOT_ITS,
    /** It was taken, and a field of it has no meaning here, or another. */
    NOT_CARRIED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether somebody has to decide something; a field that is not carried only has to be known. */
    public boolean conflict() {
        return this != NOT_CARRIED;
    }
}
