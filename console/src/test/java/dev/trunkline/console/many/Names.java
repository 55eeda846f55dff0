package dev.trunkline.console.many;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of generated calls, organisations, numbers, agents, trunks and callers.
 *
 * @param firstOrganisation id of the first organisation, which is named {@code town}
 */
public record Names(String firstOrganisation) {

    int organisationOf(int number) {
        return number == GeneratedCalls.SMALL ? GeneratedCalls.ORGANISATIONS : number % GeneratedCalls.ORGANISATIONS;
    }

    String organisationId(int organisation) {
        return organisation == 0 ? firstOrganisation : organisation == GeneratedCalls.ORGANISATIONS ? "id-small" : "id-" + organisation;
    }

    String organisation(int organisation) {
        return organisation == 0
                ? "town"
                : organisation == GeneratedCalls.ORGANISATIONS ? GeneratedCalls.SMALL_ORGANISATION : "org-" + organisation;
    }

    String number(int number) {
        return "+322555" + String.format("%05d", number);
    }

    String agent(int number, boolean early) {
        return early ? GeneratedCalls.EARLY_AGENT : "agent-" + number % GeneratedCalls.AGENTS;
    }

    String trunk(int trunk) {
        return "trunk-" + trunk;
    }

    /** Returns 64 hexadecimal digits, the form of an HMAC. */
    public static String pseudonym(int caller) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(("caller " + caller).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
