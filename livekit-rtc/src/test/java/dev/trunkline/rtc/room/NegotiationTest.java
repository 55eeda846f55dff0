package dev.trunkline.rtc.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.ice.IceCredentials;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NegotiationTest {

    private static final IceCredentials FIRST = new IceCredentials("first", "password");
    private static final IceCredentials SECOND = new IceCredentials("second", "password");

    private final Negotiation negotiation = new Negotiation(1, "AA", List.of(), Optional.empty(), FIRST);

    @Test
    void theFirstOfferHasNumberOne() {
        Negotiation.NumberedOffer first = negotiation.first();
        assertThat(first.id()).isEqualTo(1);
        assertThat(first.offer().receivedCount()).isZero();
        assertThat(negotiation.answered(1)).isEmpty();
    }

    @Test
    void sectionsAreOfferedAtOnceWhenStable() {
        negotiation.first();
        negotiation.answered(1);
        Negotiation.NumberedOffer second = negotiation.sectionsNeeded(2).orElseThrow();
        assertThat(second.id()).isEqualTo(2);
        assertThat(second.offer().version()).isEqualTo(2);
        assertThat(second.offer().receivedCount()).isEqualTo(2);
    }

    @Test
    void whatComesWhileAnOfferIsOpenWaitsForItsAnswer() {
        negotiation.first();
        assertThat(negotiation.sectionsNeeded(1)).isEmpty();
        assertThat(negotiation.sectionsNeeded(1)).isEmpty();
        Negotiation.NumberedOffer second = negotiation.answered(1).orElseThrow();
        assertThat(second.offer().receivedCount()).isEqualTo(2);
        assertThat(negotiation.answered(2)).isEmpty();
    }

    @Test
    void noSectionsMeanAnotherOfferOfTheSame() {
        negotiation.first();
        negotiation.answered(1);
        assertThat(negotiation.sectionsNeeded(0).orElseThrow().offer().receivedCount()).isZero();
    }

    @Test
    void answersToOldOffersAreIgnored() {
        negotiation.first();
        negotiation.answered(1);
        negotiation.sectionsNeeded(1);
        assertThat(negotiation.accepts(1)).isFalse();
        assertThat(negotiation.accepts(2)).isTrue();
        negotiation.answered(2);
        assertThat(negotiation.accepts(2)).isFalse();
    }

    @Test
    void afterAResumeTheOpenOfferIsVoid() {
        negotiation.first();
        negotiation.sectionsNeeded(1);
        Negotiation.NumberedOffer again = negotiation.afterResume(Optional.empty());
        assertThat(again.id()).isEqualTo(2);
        assertThat(again.offer().receivedCount()).isEqualTo(1);
        assertThat(again.offer().credentials()).isEqualTo(FIRST);
        assertThat(negotiation.accepts(1)).isFalse();
        assertThat(negotiation.afterResume(Optional.of(SECOND)).offer().credentials()).isEqualTo(SECOND);
    }

    @Test
    void aRestartOffersNewCredentials() {
        negotiation.first();
        assertThat(negotiation.restart(SECOND).offer().credentials()).isEqualTo(SECOND);
        negotiation.answered(2);
        assertThat(negotiation.sectionsNeeded(1).orElseThrow().offer().credentials()).isEqualTo(SECOND);
    }

    @Test
    void startingOverOffersOtherCandidatesToo() {
        List<IceCandidate> others = List.of(IceCandidate.host(InetAddress.getLoopbackAddress(), 4711, 0));
        negotiation.first();
        Negotiation.NumberedOffer again = negotiation.startOver(SECOND, others);
        assertThat(again.offer().credentials()).isEqualTo(SECOND);
        assertThat(again.offer().toSdp()).contains(" 4711 typ host");
        assertThat(negotiation.accepts(1)).isFalse();
    }
}
