package dev.trunkline.router.sounds;

import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.store.Actor;
import dev.trunkline.router.store.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The sounds, as the requester may hear and change them: an admin those of the suite and of each organisation, a tenant
 * its own, in a transaction in which Postgres shows no others.
 */
@Singleton
public class Sounds {
    /** The most of the suite, and of each organisation; each language counts. */
    private static final int MOST = 200;

    private final Transactions transactions;

    public Sounds(Transactions transactions) {
        this.transactions = transactions;
    }

    /** @param organisation by name; empty for all that the caller may see */
    List<SoundView> list(Principal caller, Optional<String> organisation) throws SQLException {
        return caller instanceof Principal.Admin(String subject) && organisation.isEmpty()
                ? transactions.<List<SoundView>, RuntimeException>asOwner(subject, SoundRows::all)
                : in(caller, organisation, SoundRows::list);
    }

    /** @param language empty for the default */
    StoredSound one(Principal caller, Optional<String> organisation, String name, Optional<String> language) throws SQLException {
        return in(caller, organisation, rows -> {
            Optional<String> wanted = language.isPresent() ? language
                    : rows.named(name).stream().filter(SoundView::isDefault).map(SoundView::language).findFirst();
            return rows.file(name, wanted.orElse("")).orElseThrow(() -> unknown(name, language));
        });
    }

    SoundView put(Principal caller, Optional<String> organisation, Upload upload) throws SQLException {
        return in(caller, organisation, rows -> {
            List<SoundView> before = rows.named(upload.name());
            if (before.stream().anyMatch(there -> there.language().equals(upload.language()))) {
                rows.replace(upload);
            } else {
                if (rows.count() >= MOST) {
                    throw Refused.conflict("There are already %d sounds, and no more are accepted: remove some first.".formatted(MOST));
                }
                rows.insert(upload, before.isEmpty());
            }
            if (upload.byDefault().orElse(false)) {
                rows.makeDefault(upload.name(), upload.language());
            }
            return rows.named(upload.name()).stream()
                    .filter(there -> there.language().equals(upload.language()))
                    .findFirst()
                    .orElseThrow();
        });
    }

    /** @param language empty for all of them */
    void remove(Principal caller, Optional<String> organisation, String name, Optional<String> language) throws SQLException {
        in(caller, organisation, rows -> {
            List<SoundView> gone = rows.named(name).stream()
                    .filter(there -> language.filter(one -> !there.language().equals(one)).isEmpty())
                    .toList();
            if (gone.isEmpty()) {
                throw unknown(name, language);
            }
            for (SoundView sound : gone) {
                rows.remove(name, sound.language());
            }
            List<SoundView> left = rows.named(name);
            if (!left.isEmpty() && left.stream().noneMatch(SoundView::isDefault)) {
                rows.makeDefault(name, left.getFirst().language());
            }
            return name;
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(SoundRows rows) throws SQLException;
    }

    private <T> T in(Principal caller, Optional<String> organisation, Work<T> work) throws SQLException {
        return switch (caller) {
            case Principal.Admin(String subject) -> transactions.<T, RuntimeException>asOwner(
                    subject, connection -> work.in(new SoundRows(connection, owner(connection, organisation))));
            case Principal.Tenant tenant -> {
                if (organisation.filter(name -> !name.equals(tenant.name())).isPresent()) {
                    throw Refused.forbidden("A tenant has only its own sounds: leave organisation out.");
                }
                yield transactions.<T, RuntimeException>asTenant(
                        tenant.organisation(), Actor.byApi(tenant.subject()),
                        connection -> work.in(new SoundRows(connection, Optional.of(tenant.organisation()))));
            }
        };
    }

    private static Optional<UUID> owner(Connection connection, Optional<String> organisation) throws SQLException {
        if (organisation.isEmpty()) {
            return Optional.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement("select id from organisations where name = ?")) {
            statement.setString(1, organisation.get());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return Optional.of(row.getObject(1, UUID.class));
                }
            }
        }
        throw Refused.malformed("There is no organisation " + organisation.get()
                + ": create it first, or leave organisation out for the suite's sounds.");
    }

    private static Refused unknown(String name, Optional<String> language) {
        return Refused.unknown("There is no sound %s%s; GET /sounds lists them."
                .formatted(name, language.map(tag -> tag.isEmpty() ? " without a language" : " in " + tag).orElse("")));
    }
}
