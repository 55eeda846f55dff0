package dev.trunkline.router.provisioning;

import java.util.Locale;

/** Why an item of LiveKit's is not in the directory as it is there. */
public enum Reason {
    /** Neither metadata nor name nor setting determines its organisation. */
    NO_ORGANISATION,
    /** It names an organisation that does not exist. */
    ORGANISATION_UNKNOWN,
    /** Another item has its name. */
    NAME_TAKEN,
    /** The directory does not accept a field, or lacks one, such as the gate of a trunk. */
    NOT_POSSIBLE,
    /** The rule names trunks, and none of them is in the directory. */
    TRUNKS_MISSING,
    /** A field was changed in LiveKit and, to another value, here. */
    CHANGED_ON_BOTH_SIDES,
    /** It was removed here and is still in LiveKit. */
    REMOVED_HERE,
    /** It was deleted in LiveKit, but something here needs it. */
    STILL_NEEDED,
    /** A number belongs to another organisation, to none, or is claimed by two. */
    NUMBER_NOT_ITS,
    /** It was taken, but a field of it has no meaning here, or a different one. */
    NOT_CARRIED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether somebody has to decide something; a field that is not carried only has to be known. */
    public boolean conflict() {
        return this != NOT_CARRIED;
    }
}
