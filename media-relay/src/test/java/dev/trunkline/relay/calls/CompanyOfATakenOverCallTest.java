package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.MediaLost.Attendance;
import dev.trunkline.events.WaitFor;
import dev.trunkline.relay.calls.Company.News;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The company of a call that is taken over from a lost relay: whoever had answered may have left while no relay was there to see it. */
class CompanyOfATakenOverCallTest {
    private static final RemoteParticipant AGENT = participant("agent", ParticipantKind.AGENT);
    private static final RemoteParticipant SECOND_AGENT = participant("second", ParticipantKind.AGENT);
    private static final RemoteParticipant CALLER = participant("sip_+15550001", ParticipantKind.SIP);

    private static RemoteParticipant participant(String identity, ParticipantKind kind) {
        return new RemoteParticipant("PA_" + identity, identity, "", kind, "", Map.of(), List.of());
    }

    private static News joined(RemoteParticipant who) {
        return new News.Joined(who, true);
    }

    private static Company company(Optional<Attendance> before) {
        return new Company(WaitFor.PUBLISHED_OR_LISTENING, false, true, false, Duration.ofMillis(5_000), before);
    }

    private static Company takenOver() {
        return company(Optional.of(new Attendance(
                AGENT.identity(), AGENT.sid(), AGENT.kind().name().toLowerCase(Locale.ROOT), Instant.ofEpochMilli(400))));
    }

    /** The relay was lost, and the agent left before the next relay was there. */
    @Test
    void whoHadAnsweredACallThatIsTakenOverIsMissedIfNobodyAnswersHere() {
        Company company = takenOver();
        assertThat(company.look(List.of(CALLER), 1_000)).isEmpty();
        assertThat(company.lookAgainAt()).hasValue(6_000);
        assertThat(company.look(List.of(CALLER), 5_999)).isEmpty();
        assertThat(company.look(List.of(CALLER), 6_000)).containsExactly(new News.Left(AGENT, DisconnectReason.UNKNOWN, 5_600, true));
        assertThat(company.lookAgainAt()).isEmpty();
        assertThat(company.look(List.of(CALLER), 20_000)).as("once").isEmpty();
        company.listened();
        assertThat(company.look(List.of(SECOND_AGENT), 21_000)).containsExactly(joined(SECOND_AGENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "second", "person"})
    void nobodyIsMissedIfSomebodyAnswers(String who) {
        Company company = takenOver();
        assertThat(company.look(List.of(), 1_000)).isEmpty();
        RemoteParticipant there = participant(who, who.equals("person") ? ParticipantKind.STANDARD : ParticipantKind.AGENT);
        company.published("TR_1", there.sid());
        assertThat(company.look(List.of(there), 5_000)).containsExactly(joined(there));
        assertThat(company.lookAgainAt()).isEmpty();
        assertThat(company.look(List.of(there), 10_000)).isEmpty();
    }

    @Test
    void nobodyIsMissedOfACallThatIsNew() {
        Company company = company(Optional.empty());
        assertThat(company.look(List.of(), 1_000)).isEmpty();
        assertThat(company.lookAgainAt()).isEmpty();
        assertThat(company.look(List.of(), 60_000)).isEmpty();
    }
}
