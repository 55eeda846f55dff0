package dev.trunkline.psrpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static final RpcMethod TRANSFER = RpcMethod.single("SIPInternal", "TransferSIPParticipant");

    @Test
    void aRequestGoesToServiceMethodAndTopic() {
        assertThat(TRANSFER.requests("SCL_a1")).isEqualTo("SIPInternal|TransferSIPParticipant|SCL_a1|REQ");
        assertThat(TRANSFER.grants("SCL_a1")).isEqualTo("SIPInternal|TransferSIPParticipant|SCL_a1|RCLAIM");
    }

    @Test
    void aTopicThatIsEmptyIsLeftOutWithItsBar() {
        assertThat(TRANSFER.requests("")).isEqualTo("SIPInternal|TransferSIPParticipant|REQ");
    }

    @Test
    void aClientHasItsOwnChannels() {
        assertThat(Channels.claims("IOInfo", "CLI_x")).isEqualTo("IOInfo|CLI_x|CLAIM");
        assertThat(Channels.responses("IOInfo", "CLI_x")).isEqualTo("IOInfo|CLI_x|RES");
    }

    @Test
    void whatIsNoLetterOrDigitIsWrittenByItsNumber() {
        assertThat(Channels.of("S", "a-b|c.d")).isEqualTo("S|au+002dbu+007ccu+002ed");
        assertThat(Channels.of("S", "é")).isEqualTo("S|u+00e9");
        assertThat(Channels.of("S", "\uD83D\uDE00")).isEqualTo("S|U+0001f600");
    }
}
