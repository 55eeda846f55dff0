package dev.trunkline.events.destinations;

import dev.trunkline.events.Dialling;

/** Writes numbers in a trunk's form. */
public final class Writing {
    private Writing() {}

    /**
     * Writes a number that is called.
     *
     * @param dialled as the requester wrote it, and as the trunk's number plan understands the same number
     */
    public static String called(PublicNumber number, String dialled, Dialling dialling) {
        String written = inForm(number, dialled, dialling);
        String rest = !dialling.strip().isEmpty() && written.startsWith(dialling.strip())
                ? written.substring(dialling.strip().length())
                : written;
        return dialling.add() + rest;
    }

    /** Writes a number that is displayed: in the trunk's form, without the prefix that is dialled to get a line. */
    public static String shown(String number, Dialling dialling) {
        return number.startsWith("+")
                ? PublicNumber.read(number).map(known -> inForm(known, number, dialling)).orElse(number)
                : number;
    }

    private static String inForm(PublicNumber number, String dialled, Dialling dialling) {
        return switch (dialling.form()) {
            case E164 -> number.e164();
            case E164_WITHOUT_PLUS -> number.e164().substring(1);
            case NATIONAL -> dialling.country().map(number::dialledIn).orElse(number.e164());
            case AS_DIALLED -> dialled;
        };
    }
}
