package dev.trunkline.router.live;

import dev.trunkline.events.CallId;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The live calls that a requester may see: an admin sees all, a tenant those of its organisation, by its id. A call
 * remains its organisation's if the number is reassigned in the meantime.
 */
public final class LiveCalls {
    private final LiveCallTable table;
    private final Supplier<Directory> directory;
    private final BooleanSupplier begun;
    private final Supplier<Instant> readAt;
    private final BooleanSupplier complete;

    /** How many calls each number has. @param calls by the number as the directory has it, a pattern as it is written */
    public record OnNumbers(Map<String, Integer> calls, Instant readAt) {
        public int of(String phoneNumber) {
            return calls.getOrDefault(phoneNumber, 0);
        }
    }

    /**
     * @param begun whether the table has everything that was on the topic at the start
     * @param readAt the table has everything that was published by then
     * @param complete whether that is the present, and nothing was left out
     */
    public LiveCalls(
            LiveCallTable table,
            Supplier<Directory> directory,
            BooleanSupplier begun,
            Supplier<Instant> readAt,
            BooleanSupplier complete) {
        this.table = table;
        this.directory = directory;
        this.begun = begun;
        this.readAt = readAt;
        this.complete = complete;
    }

    /** Returns a page; empty while the topic has not been read to its end yet. */
    Optional<LivePage> page(Principal caller, LiveFilter filter) {
        if (!begun.getAsBoolean()) {
            return Optional.empty();
        }
        Directory now = directory.get();
        // Read before the table: what arrives in between is in the answer, but not promised.
        Instant read = readAt.get();
        boolean whole = complete.getAsBoolean();
        List<LivePage.Call> found = visible(caller)
                .flatMap(call -> {
                    String organisation = name(now, call.organisation());
                    return filter.takes(call, organisation) ? Stream.of(LivePage.Call.of(call, organisation)) : Stream.empty();
                })
                .toList();
        return Optional.of(LivePage.of(found, filter, read, whole));
    }

    /** Returns the counts; empty while the topic has not been read to its end yet. Trial calls are not counted. */
    public Optional<OnNumbers> onNumbers(Principal caller) {
        if (!begun.getAsBoolean()) {
            return Optional.empty();
        }
        Directory now = directory.get();
        Instant read = readAt.get();
        Map<String, Integer> calls = new HashMap<>();
        visible(caller)
                .filter(call -> call.purpose().isEmpty())
                .forEach(call -> calls.merge(entry(now, call), 1, Integer::sum));
        return Optional.of(new OnNumbers(calls, read));
    }

    /** Returns whether {@link #find} is reliable: false while the topic has not been read to its end yet. */
    public boolean begun() {
        return begun.getAsBoolean();
    }

    /** Returns a live call that the requester may see. */
    public Optional<LiveCall> find(Principal caller, CallId callId) {
        return visible(caller).filter(call -> call.callId().equals(callId)).findFirst();
    }

    private Stream<LiveCall> visible(Principal caller) {
        return switch (caller) {
            case Principal.Admin admin -> table.all().stream();
            case Principal.Tenant tenant -> {
                String own = tenant.organisation().toString();
                yield table.all().stream().filter(call -> call.organisation().id().equals(own));
            }
        };
    }

    /** Returns the organisation's current name; for one that no longer exists, the name that it had. */
    private static String name(Directory directory, OrganisationRef organisation) {
        return directory.organisation(organisation.id()).map(Organisation::name).orElse(organisation.name());
    }

    /** Returns the directory entry that stands for the called number. */
    private static String entry(Directory directory, LiveCall call) {
        return directory.trunk(call.trunk().id())
                .flatMap(view -> directory.number(call.number(), view.trunk()))
                .map(PhoneNumber::phoneNumber)
                .orElse(call.number());
    }
}
