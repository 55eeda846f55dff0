package dev.trunkline.router.numbers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.store.Actor;
import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The numbers, as the requester may see and change them: an admin in a transaction of the owner, a tenant in one of its
 * own, in which Postgres shows only its rows.
 */
public final class Numbers {
    private final Transactions transactions;
    private final ObjectNode suite;

    /** @param suite lowest layer of every configuration */
    public Numbers(Transactions transactions, ObjectNode suite) {
        this.transactions = transactions;
        this.suite = suite;
    }

    NumberPage list(Principal caller, NumberFilter filter) throws SQLException {
        List<NumberView> found = in(caller, connection -> rows(connection).list(filter));
        return NumberPage.of(found.stream().map(view -> shown(caller, view)).toList(), filter.limit());
    }

    NumberView one(Principal caller, String phoneNumber) throws SQLException {
        return shown(caller, in(caller, connection -> find(connection, phoneNumber)));
    }

    List<NumberEvent> history(Principal caller, String phoneNumber, HistoryPage page) throws SQLException {
        List<NumberEvent> history = in(caller, connection -> switch (caller) {
            case Principal.Admin admin -> NumberHistory.forAdmin(connection, phoneNumber, page);
            case Principal.Tenant tenant -> NumberHistory.forTenant(connection, phoneNumber, page);
        });
        if (history.isEmpty() && page.isFirst()) {
            throw unknown(phoneNumber);
        }
        return history;
    }

    List<NumberView> add(Principal.Admin admin, List<NewNumber> numbers) throws SQLException {
        return in(admin, connection -> {
            new NumberWriter(connection).add(numbers);
            NumberRows rows = rows(connection);
            List<NumberView> added = new ArrayList<>();
            for (NewNumber number : numbers) {
                rows.find(number.phoneNumber()).ifPresent(added::add);
            }
            return added;
        });
    }

    NumberView change(Principal caller, String phoneNumber, NumberChange change) throws SQLException {
        if (caller instanceof Principal.Tenant && change.needsAdmin()) {
            throw Refused.forbidden("A tenant may change label, active, config_override, own_concurrent_calls and own_caller_rate of its"
                    + " numbers; only an admin may change max_concurrent_calls, caller_rate, agent_instance and announcement.");
        }
        return shown(caller, in(caller, connection -> {
            NumberView before = find(connection, phoneNumber);
            granted(change, before);
            new NumberWriter(connection).change(phoneNumber, change.within(before));
            NumberView after = find(connection, phoneNumber);
            Optional<String> instance = change.agentInstance().flatMap(name -> name);
            if (instance.isPresent() && !after.agentInstance().equals(instance)) {
                throw Refused.malformed("%s has no agent instance %s.".formatted(
                        after.organisation().orElse("An idle number"), instance.get()));
            }
            return after;
        }));
    }

    private static void granted(NumberChange change, NumberView number) {
        int calls = change.maxConcurrentCalls().orElse(number.maxConcurrentCalls());
        if (change.ownConcurrentCalls().filter(own -> own.orElse(0) > calls).isPresent()) {
            throw Refused.forbidden("own_concurrent_calls may be at most %d, which is what the admin grants %s."
                    .formatted(calls, number.phoneNumber()));
        }
        Optional<NumberView.Rate> rate = change.callerRate().orElse(number.callerRate());
        Optional<NumberView.Rate> own = change.ownCallerRate().flatMap(wish -> wish);
        if (own.isPresent() && rate.filter(own.get()::within).isEmpty()) {
            throw Refused.forbidden(rate.map(granted -> "own_caller_rate may not admit callers more often than the admin grants %s: %s."
                            .formatted(number.phoneNumber(), granted))
                    .orElse("%s has no caller_rate of its own, so callers are counted over the whole organisation: ask the admin for one first."
                            .formatted(number.phoneNumber())));
        }
    }

    NumberView assign(Principal.Admin admin, String phoneNumber, NumberBodies.Assigning wish) throws SQLException {
        return in(admin, connection -> {
            var writer = new NumberWriter(connection);
            writer.lock(phoneNumber);
            NumberView before = find(connection, phoneNumber);
            Optional<String> holder = before.organisation();
            if (holder.isPresent() && !holder.get().equals(wish.organisation()) && !wish.reassign()) {
                throw Refused.conflict("%s belongs to %s: write \"reassign\": true to reassign it."
                        .formatted(phoneNumber, holder.get()));
            }
            if (holder.isEmpty()) {
                writer.give(phoneNumber, wish.organisation());
            } else if (!holder.get().equals(wish.organisation())) {
                writer.move(phoneNumber, Optional.of(wish.organisation()));
            }
            return changed(connection, phoneNumber, wish);
        });
    }

    private NumberView changed(Connection connection, String phoneNumber, NumberBodies.Assigning wish)
            throws SQLException {
        var change = new NumberChange(
                wish.label(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalInt.empty(), Optional.empty(), wish.agentInstance().map(Optional::of), Optional.empty());
        new NumberWriter(connection).change(phoneNumber, change);
        NumberView after = find(connection, phoneNumber);
        if (wish.agentInstance().isPresent() && !after.agentInstance().equals(wish.agentInstance())) {
            throw Refused.malformed("%s has no agent instance %s."
                    .formatted(wish.organisation(), wish.agentInstance().get()));
        }
        return after;
    }

    NumberView release(Principal.Admin admin, String phoneNumber) throws SQLException {
        return in(admin, connection -> {
            var writer = new NumberWriter(connection);
            writer.lock(phoneNumber);
            if (find(connection, phoneNumber).organisation().isPresent()) {
                writer.move(phoneNumber, Optional.empty());
            }
            return find(connection, phoneNumber);
        });
    }

    void remove(Principal.Admin admin, String phoneNumber) throws SQLException {
        in(admin, connection -> {
            if (!new NumberWriter(connection).remove(phoneNumber)) {
                throw unknown(phoneNumber);
            }
            return phoneNumber;
        });
    }

    private <T> T in(Principal caller, Transactions.Work<T, RuntimeException> work) throws SQLException {
        return switch (caller) {
            case Principal.Admin(String subject) -> transactions.<T, RuntimeException>asOwner(subject, work);
            case Principal.Tenant tenant -> transactions.<T, RuntimeException>asTenant(
                    tenant.organisation(), Actor.byApi(tenant.subject()), work);
        };
    }

    private NumberView find(Connection connection, String phoneNumber) throws SQLException {
        return rows(connection).find(phoneNumber).orElseThrow(() -> unknown(phoneNumber));
    }

    private NumberRows rows(Connection connection) {
        return new NumberRows(connection, suite);
    }

    private static NumberView shown(Principal caller, NumberView view) {
        return caller instanceof Principal.Tenant ? view.forTenant() : view;
    }

    /** Says the same whether the number does not exist or belongs to another organisation. */
    private static Refused unknown(String phoneNumber) {
        return Refused.unknown("There is no number " + phoneNumber + "; GET /numbers lists yours.");
    }
}
