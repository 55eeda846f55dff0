package dev.trunkline.rtc.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Requests as sent by a controlled agent, which the server is. */
final class StunRequests {

    private StunRequests() {
    }

    static byte[] controlled(byte[] transactionId, String username, byte[] key) {
        byte[] name = username.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(200);
        out.putShort((short) StunMessage.BINDING_REQUEST).putShort((short) 0).putInt(StunMessage.COOKIE).put(transactionId);
        out.putShort((short) StunMessage.USERNAME).putShort((short) name.length).put(name);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        out.putShort((short) StunMessage.ICE_CONTROLLED).putShort((short) 8).putLong(1);
        out.putShort(2, (short) (out.position() - 20 + 24));
        byte[] integrity = StunWriter.hmacSha1(key, out.array(), out.position());
        out.putShort((short) StunMessage.MESSAGE_INTEGRITY).putShort((short) 20).put(integrity);
        return Arrays.copyOf(out.array(), out.position());
    }
}
