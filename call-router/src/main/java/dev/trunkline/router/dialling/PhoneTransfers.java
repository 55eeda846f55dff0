package dev.trunkline.router.dialling;

import java.util.Arrays;
import java.util.Optional;

/** Where phones may send the other side of their call by REFER: the organisation pays for the resulting call. */
enum PhoneTransfers {
    /** Nowhere. */
    NONE("none"),
    /** To extensions and names of their PBX, which cost nothing. */
    EXTENSIONS("extensions"),
    /** Wherever the organisation may call. */
    ALL("all");

    private final String code;

    PhoneTransfers(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Optional<PhoneTransfers> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }
}
