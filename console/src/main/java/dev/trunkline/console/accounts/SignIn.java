package dev.trunkline.console.accounts;

import dev.trunkline.console.problem.Refused;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Signs in users with a password, and blocks guessing. */
public final class SignIn {
    private static final Logger LOG = Logger.getLogger(SignIn.class);

    private final Accounts accounts;
    private final Sessions sessions;
    private final PasswordHash passwords;
    private final Tries tries;
    private final OrganisationIds organisations;

    public SignIn(Accounts accounts, Sessions sessions, PasswordHash passwords, Tries tries, OrganisationIds organisations) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.tries = tries;
        this.organisations = organisations;
    }

    /**
     * @param address of the client
     * @throws Refused if the password is wrong, or there were too many wrong ones
     */
    public Sessions.Begun signIn(String name, String password, String address) throws SQLException {
        String byName = "user " + name;
        String byAddress = "address " + address;
        if (!tries.begin(byAddress) || !tries.begin(byName)) {
            throw tooMany(byName, byAddress);
        }
        Optional<Accounts.Account> account = accounts.find(name);
        boolean right = account.map(known -> passwords.fits(password, known.password())).orElseGet(() -> passwords.fitsNobody(password));
        if (!right) {
            LOG.warnf("sign-in failed: user or password is wrong");
            throw Refused.stranger("User or password is wrong. ./trunkline run prints the first passwords; the secrets file keeps them.");
        }
        tries.right(byName);
        tries.right(byAddress);
        Sessions.Begun begun = sessions.begin(user(account.orElseThrow()));
        LOG.infof("%s signed in as %s", begun.session().user().name(), begun.session().user().role().code());
        return begun;
    }

    private Refused tooMany(String byName, String byAddress) {
        Duration wait = Stream.of(byName, byAddress)
                .flatMap(who -> tries.wait(who).stream())
                .max(Duration::compareTo)
                .orElse(Tries.PAUSE);
        return Refused.tooMany("Too many wrong passwords: wait %d s before the next try.".formatted(Math.max(1, wait.toSeconds())), wait);
    }

    private User user(Accounts.Account account) throws SQLException {
        if (account.organisation().isEmpty() || account.organisationId().isPresent()) {
            return new User(account.name(), account.role(), account.whose());
        }
        accounts.organisationIs(account.name(), organisations.idOf(account.organisation().get()));
        return user(accounts.find(account.name()).orElseThrow());
    }
}
