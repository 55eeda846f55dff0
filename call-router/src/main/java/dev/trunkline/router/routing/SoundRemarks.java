package dev.trunkline.router.routing;

import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.router.directory.AnnouncementChoice;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.routing.RuleRemarks.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sounds that a rule names and nobody has uploaded: its callers would hear nothing. */
final class SoundRemarks {
    private SoundRemarks() {}

    static List<Remark> of(Directory directory, DispatchRule rule) {
        List<Remark> all = new ArrayList<>();
        if (rule.terms().announcement().orElse(null) instanceof AnnouncementChoice.Play(String name, Optional<String> language)) {
            missing(directory, rule, name).ifPresent(text -> all.add(new Remark("announcement", text)));
        }
        List<Fallback> steps = rule.terms().fallback();
        for (int i = 0; i < steps.size(); i++) {
            FallbackKind kind = steps.get(i).kind();
            if (kind == FallbackKind.ANNOUNCEMENT || kind == FallbackKind.VOICEMAIL) {
                String field = "fallback[%d].%s".formatted(i, kind.code());
                missing(directory, rule, steps.get(i).target()).ifPresent(text -> all.add(new Remark(field, text)));
            }
        }
        return all;
    }

    private static Optional<String> missing(Directory directory, DispatchRule rule, String name) {
        if (directory.sounds().has(rule.organisationId(), name)) {
            return Optional.empty();
        }
        String whose = rule.organisationId().flatMap(directory::organisation).map(Organisation::name)
                .map(organisation -> "neither %s nor the suite has".formatted(organisation))
                .orElse("the suite does not have");
        return Optional.of("%s a sound %s, so callers hear nothing: upload it with PUT /sounds/%s or ./trunkline sounds put"
                .formatted(whose, name, name));
    }
}
