package dev.trunkline.events;

import java.util.Optional;

/**
 * How a trunk presents the caller's number.
 *
 * @param place where the number is written
 * @param number that is displayed; empty for the caller's own number, if there is one
 * @param pass whether the number of a caller who is forwarded may be displayed instead
 * @param fromUser user part of From if the number is written elsewhere; empty for the account's user name
 * @param fromDomain host of From; empty for the gateway's
 */
public record CallerIdPolicy(
        CallerIdPlace place, Optional<String> number, boolean pass, Optional<String> fromUser, Optional<String> fromDomain) {

    public CallerIdPolicy {
        number = number == null ? Optional.empty() : number;
        fromUser = fromUser == null ? Optional.empty() : fromUser;
        fromDomain = fromDomain == null ? Optional.empty() : fromDomain;
    }
}
