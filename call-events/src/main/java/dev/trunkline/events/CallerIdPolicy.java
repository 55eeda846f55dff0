package dev.trunkline.events;

import java.util.Optional;

/**
 * Who calls, as a trunk tells it.
 *
 * @param place where the number stands
 * @param number that is shown; empty for that of who calls, where there is one
 * @param pass whether the number of a caller who is forwarded may be shown instead
 * @param fromUser user part of From where the number stands elsewhere; empty for the account's user name
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
