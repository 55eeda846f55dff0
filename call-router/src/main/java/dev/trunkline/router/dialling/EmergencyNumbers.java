package dev.trunkline.router.dialling;

import com.google.i18n.phonenumbers.ShortNumberInfo;
import dev.trunkline.events.OutboundTrunk;

/** Numbers that are always permitted. */
final class EmergencyNumbers {
    /** In the whole European Union, and in every GSM network (ETSI TS 122 101). */
    private static final String EVERYWHERE = "112";

    private EmergencyNumbers() {}

    /** @param digits as dialled, without separators */
    static boolean has(String digits, OutboundTrunk trunk) {
        return digits.equals(EVERYWHERE)
                || trunk.dialling().country()
                        .filter(country -> !digits.isEmpty() && ShortNumberInfo.getInstance().isEmergencyNumber(digits, country))
                        .isPresent();
    }
}
