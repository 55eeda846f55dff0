package dev.trunkline.console.service;

import dev.trunkline.console.accounts.Accounts;
import dev.trunkline.console.accounts.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rejects settings that make no sense, with a message that says what to do. */
final class SettingsCheck {
    private static final int SHORTEST_PASSWORD = 12;

    private SettingsCheck() {}

    /** @throws IllegalArgumentException for the first invalid setting */
    static ConsoleSettings check(ConsoleSettings settings) {
        ConsoleSettings.Console console = settings.console();
        require(console.sessionIdle().compareTo(Duration.ofMinutes(1)) >= 0,
                "trunkline.console.session-idle is " + console.sessionIdle() + "; it must be a minute or more");
        require(console.sessionLongest().compareTo(console.sessionIdle()) >= 0,
                "trunkline.console.session-longest is " + console.sessionLongest() + "; it must be at least session-idle");
        require(console.retention().isZero() || console.retention().compareTo(Duration.ofDays(1)) >= 0,
                "trunkline.console.retention is " + console.retention() + "; it must be a day or more, or 0s to keep calls forever");
        require(console.keyRequests() >= 1, "trunkline.console.key-requests is " + console.keyRequests() + "; it must be 1 or more");
        accounts(console.accounts());
        OidcCheck.relying(console);
        DeskCheck.liveKit(settings);
        return settings;
    }

    /** @throws IllegalArgumentException for an invalid account, with its name and never with its password */
    static List<Accounts.Wanted> accounts(Map<String, ConsoleSettings.Account> accounts) {
        return accounts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(account -> account(account.getKey(), account.getValue()))
                .toList();
    }

    private static Accounts.Wanted account(String name, ConsoleSettings.Account account) {
        String setting = "trunkline.console.accounts." + name;
        Role role = role(account.role()).orElseThrow(() -> new IllegalArgumentException(
                setting + ".role is " + account.role() + "; it must be admin, tenant, desk or support"));
        Optional<String> organisation = account.organisation().filter(text -> !text.isBlank());
        boolean needs = role == Role.TENANT || role == Role.DESK;
        require(!needs || organisation.isPresent(), setting + ".organisation is missing; a " + role.code() + " belongs to an organisation");
        require(role != Role.ADMIN || organisation.isEmpty(), setting + ".organisation is set; an admin belongs to no organisation");
        require(account.password().length() >= SHORTEST_PASSWORD,
                setting + ".password has fewer than " + SHORTEST_PASSWORD + " characters; write more");
        return new Accounts.Wanted(name, role, organisation, account.password());
    }

    static Optional<Role> role(String code) {
        return Arrays.stream(Role.values()).filter(known -> known.code().equals(code)).findFirst();
    }

    static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
